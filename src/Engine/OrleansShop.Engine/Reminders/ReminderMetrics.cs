using System.Diagnostics.Metrics;
using OrleansShop.Engine.Diagnostics;

namespace OrleansShop.Engine.Reminders;

/// <summary>How many reminders there are, how late their ticks are sent, and what becomes of these.</summary>
internal sealed class ReminderMetrics
{
    private readonly Histogram<double> _tardiness;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _failed;
    private Func<int>? _active;

    public ReminderMetrics(EngineMetrics metrics)
    {
        _tardiness = metrics.Meter.CreateHistogram<double>("orleans-reminders-tardiness", "seconds");
        _delivered = metrics.Meter.CreateCounter<long>("orleans-reminders-ticks-delivered");
        _failed = metrics.Meter.CreateCounter<long>("orleans-reminders-ticks-failed");
        metrics.Meter.CreateObservableGauge("orleans-reminders-active", () => _active?.Invoke() ?? 0);
    }

    public void ObserveActive(Func<int> count) => _active = count;

    public void Tardy(TimeSpan late) => _tardiness.Record(late.TotalSeconds);

    public void Delivered() => _delivered.Add(1);

    public void Failed() => _failed.Add(1);
}
