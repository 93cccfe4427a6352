using System.Diagnostics.Metrics;

namespace OrleansShop.Clinic.Visits.Reminders;

/// <summary>What is counted of visit reminders. Meter <c>OrleansShop.Clinic</c>.</summary>
internal sealed class VisitReminderMetrics
{
    public const string MeterName = "OrleansShop.Clinic";

    private readonly Counter<long> _planned;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _repeated;
    private readonly Histogram<double> _delay;

    public VisitReminderMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _planned = meter.CreateCounter<long>("visit-reminders-planned", description: "Mails that were planned.");
        _ended = meter.CreateCounter<long>("visit-reminders-ended", description: "Planned mails that are over, by outcome: sent, refused, missed, cancelled.");
        _retries = meter.CreateCounter<long>("visit-reminders-retries", description: "Attempts that failed and are made again, by what failed: mail, or asking the grains.");
        _repeated = meter.CreateCounter<long>("visit-reminders-events-repeated", description: "Events that came again and were passed over.");
        _delay = meter.CreateHistogram<double>("visit-reminders-delay", "s", "From the time that a mail was due until it was handed over.");
    }

    public void Planned() => _planned.Add(1);

    public void Ended(VisitReminderStage stage) => _ended.Add(1, new KeyValuePair<string, object?>("outcome", stage switch
    {
        VisitReminderStage.Sent => "sent",
        VisitReminderStage.Refused => "refused",
        VisitReminderStage.Missed => "missed",
        VisitReminderStage.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "It is not the end of a plan."),
    }));

    public void Sent(TimeSpan afterDue) => _delay.Record(Math.Max(0, afterDue.TotalSeconds));

    public void Retried(string what) => _retries.Add(1, new KeyValuePair<string, object?>("what", what));

    public void Repeated() => _repeated.Add(1);
}
