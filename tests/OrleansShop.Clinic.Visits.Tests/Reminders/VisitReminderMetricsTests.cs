using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Clinic.Contracts.Visits;
using OrleansShop.Clinic.Visits.Reminders;
using OrleansShop.Testing.Mail;
using OrleansShop.Testing.Waiting;
using Xunit;
using static OrleansShop.Clinic.Visits.Tests.Reminders.ReminderClinic;

namespace OrleansShop.Clinic.Visits.Tests.Reminders;

/// <summary>What an operator sees of reminders in their instruments.</summary>
public sealed class VisitReminderMetricsTests : IDisposable
{
    private readonly ConcurrentQueue<string> _counted = new();
    private readonly ConcurrentQueue<double> _delays = new();
    private readonly MeterListener _listener = new();

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_mail_that_is_tried_again_and_sent_late_is_counted_with_its_delay()
    {
        await using var clinic = await ListenedAsync();
        await clinic.BookAsync(17, January(5));
        await clinic.PublishAsync(1, 17, new VisitBooked(17, PetId: 1, January(5), "rabies shot"));
        await Eventually.Holds(() => _counted.Contains("visit-reminders-events-repeated"), "the repetition was counted");
        clinic.Mail.Fault = SmtpFault.RecipientLater;
        clinic.MoveTo(day: 4, hour: 9);
        await Eventually.Holds(() => _counted.Contains("visit-reminders-retries what=mail"), "the failure was counted");

        clinic.Mail.Fault = SmtpFault.None;
        clinic.Time.Advance(TimeSpan.FromMinutes(1));
        await Eventually.Holds(() => _counted.Contains("visit-reminders-ended outcome=sent") && !_delays.IsEmpty, "the mail was counted");

        Assert.Equal(["visit-reminders-planned", "visit-reminders-events-repeated", "visit-reminders-retries what=mail", "visit-reminders-ended outcome=sent"], _counted);
        Assert.Equal(60, Assert.Single(_delays));
    }

    [Fact]
    public async Task Each_end_of_a_plan_has_its_outcome()
    {
        await using var clinic = await ListenedAsync();
        await clinic.BookAsync(17, January(5));
        await clinic.PublishAsync(2, 17, new VisitCancelled(17, PetId: 1, January(5)));
        await Eventually.Holds(() => _counted.Contains("visit-reminders-ended outcome=cancelled"), "the cancellation was counted");

        await clinic.BookAsync(18, January(5));
        clinic.Mail.Fault = SmtpFault.RecipientNever;
        clinic.MoveTo(day: 4, hour: 9);
        await Eventually.Holds(() => _counted.Contains("visit-reminders-ended outcome=refused"), "the refusal was counted");

        await clinic.BookAsync(19, January(7));
        clinic.Mail.Fault = SmtpFault.RecipientLater;
        clinic.MoveTo(day: 7, hour: 10);
        await clinic.AdvanceUntilAsync(TimeSpan.FromMinutes(1), VisitReminderStage.Missed, visit: 19);

        Assert.Equal(3, _counted.Count(static one => one == "visit-reminders-planned"));
        Assert.Equal(
            ["visit-reminders-ended outcome=cancelled", "visit-reminders-ended outcome=refused", "visit-reminders-ended outcome=missed"],
            _counted.Where(static one => one.StartsWith("visit-reminders-ended", StringComparison.Ordinal)));
        Assert.Empty(_delays);
    }

    /// <summary>A clinic of one silo; what its own meters count is heard, and nothing of others in this process.</summary>
    private async Task<ReminderClinic> ListenedAsync()
    {
        var clinic = await StartAsync();
        var meters = clinic.Cluster.Silos.Single().ServiceProvider.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == VisitReminderMetrics.MeterName && instrument.Meter.Scope == meters) self.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var names = tags.ToArray().Select(static tag => $" {tag.Key}={tag.Value}");
            for (var count = 0L; count < value; count++) _counted.Enqueue(instrument.Name + string.Concat(names));
        });
        _listener.SetMeasurementEventCallback<double>((_, value, _, _) => _delays.Enqueue(value));
        _listener.Start();
        return clinic;
    }
}
