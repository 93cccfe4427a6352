using System.Diagnostics;
using System.Net;
using OrleansShop.Clinic.Contracts.Events;
using OrleansShop.Clinic.Contracts.Visits;
using OrleansShop.Clinic.Testing;
using OrleansShop.Clinic.Testing.Crashing;
using OrleansShop.Clinic.Testing.Talking;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Clinic.Visits.Tests;

/// <summary>What the rest of the world hears of visits.</summary>
public sealed class VisitEventTests
{
    private const int NewId = 5;
    private const string Booking = """{"petId":1,"date":"2030-05-01","description":"rabies shot"}""";
    private static readonly TimeSpan AfterMarksHaveGrownOld = TimeSpan.FromMinutes(1);
    private static readonly (string, string)[] FastSweeps = [("Outbox:SweepPeriod", "00:00:00.2")];

    /// <summary>Every step, and whether the event is due when it is reached: from the moment that the state is stored.</summary>
    public static TheoryData<WriteStep, bool> Steps => new()
    {
        { WriteStep.BeforeMark, false },
        { WriteStep.AfterMark, false },
        { WriteStep.BeforeStore, false },
        { WriteStep.AfterStore, true },
        { WriteStep.AfterApply, true },
        { WriteStep.AfterCommit, true },
        { WriteStep.BeforePublish, true },
    };

    [Fact]
    public async Task Booking_changing_and_cancelling_a_visit_are_published_in_order_with_all_that_the_envelope_promises()
    {
        await using var clinic = await ClinicUnderTest.StartInGrainsAsync("visits");
        var published = await clinic.SubscribeAsync(ClinicStreams.Visits, NewId);

        Assert.Equal(HttpStatusCode.Created, (await clinic.SendAsync(Request.Post("visits", Booking))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await clinic.SendAsync(Request.Put($"visits/{NewId}", """{"date":"2030-06-01","description":"later"}"""))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await clinic.SendAsync(Request.Delete($"visits/{NewId}"))).Status);
        await published.HasAsync(3);

        var events = published.All.ToArray();
        Assert.Equal(["clinic.visit-booked", "clinic.visit-changed", "clinic.visit-cancelled"], events.Select(happened => happened.Type));
        Assert.Equal([1L, 2L, 3L], events.Select(happened => happened.Sequence!.Value));
        Assert.Equal(new VisitBooked(NewId, 1, new DateOnly(2030, 5, 1), "rabies shot"), events[0].Read<VisitBooked>());
        Assert.Equal(new VisitChanged(NewId, 1, new DateOnly(2030, 6, 1), "later"), events[1].Read<VisitChanged>());
        Assert.Equal(new VisitCancelled(NewId, 1, new DateOnly(2030, 6, 1)), events[2].Read<VisitCancelled>());
        Assert.Equal(
            ("visits/visit/5/1", "/visits/visit/5", "5", "urn:clinic.visit-booked:1", 1),
            (events[0].Id, events[0].Source, events[0].Subject, events[0].DataSchema, events[0].SchemaVersion));
        Assert.InRange(events[0].Time!.Value, TimeProvider.System.GetUtcNow().AddMinutes(-10), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task The_trace_of_the_request_goes_along()
    {
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name.StartsWith("Microsoft.", StringComparison.Ordinal), Sample = (ref _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        await using var clinic = await ClinicUnderTest.StartAsync(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"));
        await clinic.ToGrainsAsync("visits");
        var published = await clinic.SubscribeAsync(ClinicStreams.Visits, NewId);
        using var request = new Activity("test").Start();

        Assert.Equal(HttpStatusCode.Created, (await clinic.SendAsync(Request.Post("visits", Booking))).Status);
        await published.HasAsync(1);

        Assert.Contains(request.TraceId.ToString(), published.All.Single().TraceParent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_monolith_answers_for_visits_nothing_is_published_and_an_import_publishes_nothing()
    {
        await using var clinic = await ClinicUnderTest.StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await clinic.SendAsync(Request.Post("visits", Booking))).Status);
        await clinic.ToGrainsAsync("visits");
        var published = await clinic.SubscribeAsync(ClinicStreams.Visits, NewId);

        Assert.Equal(HttpStatusCode.NoContent, (await clinic.SendAsync(Request.Put($"visits/{NewId}", """{"date":"2030-06-01","description":"here"}"""))).Status);
        await published.HasAsync(1);
        await clinic.ToMonolithAsync("visits");
        Assert.Equal(HttpStatusCode.NoContent, (await clinic.SendAsync(Request.Put($"visits/{NewId}", """{"date":"2030-06-02","description":"there"}"""))).Status);
        await clinic.ToGrainsAsync("visits");
        Assert.Equal(HttpStatusCode.NoContent, (await clinic.SendAsync(Request.Put($"visits/{NewId}", """{"date":"2030-06-03","description":"here again"}"""))).Status);
        await published.HasAsync(2);

        Assert.Equal([(1L, "here"), (2L, "here again")], published.All.Select(happened => (happened.Sequence!.Value, happened.Read<VisitChanged>().Description)));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task An_event_is_published_after_a_crash_if_its_write_was_made_and_only_then(WriteStep step, bool isDue)
    {
        await using var clinic = await StartInGrainsAsync();
        await CrashAsync(clinic, step);
        await clinic.RestartServicesAsync(time: new LaterTime(AfterMarksHaveGrownOld));

        if (isDue)
        {
            // Nobody asks for the visit: the sweeper alone finds it.
            await Eventually.Holds(() => clinic.Published.Count == 1, "the event is published");
            Assert.Equal(HttpStatusCode.NoContent, (await clinic.SendAsync(Request.Delete($"visits/{NewId}"))).Status);
            await Eventually.Holds(() => clinic.Published.Count == 2, "the next event is published");
            Assert.Equal([(1L, "clinic.visit-booked"), (2L, "clinic.visit-cancelled")], clinic.Published.Select(happened => (happened.Sequence!.Value, happened.Type)));
        }
        else
        {
            Assert.Equal(HttpStatusCode.NotFound, (await clinic.SendAsync(Request.Get($"visits/{NewId}"))).Status);
            var id = (await clinic.SendAsync(Request.Post("visits", Booking))).Json!["id"]!.GetValue<int>();
            await Eventually.Holds(() => clinic.Published.Count == 1, "the event of another visit is published");
            Assert.Equal($"{id}", clinic.Published.Single().Subject);
        }
    }

    [Fact]
    public async Task A_crash_between_publishing_and_noting_publishes_again_under_the_same_id()
    {
        await using var clinic = await StartInGrainsAsync();
        await CrashAsync(clinic, WriteStep.BeforeNote);
        Assert.Single(clinic.Published);

        await clinic.RestartServicesAsync(time: new LaterTime(AfterMarksHaveGrownOld));

        await Eventually.Holds(() => clinic.Published.Count == 2, "the event is published again");
        Assert.Equal(["visits/visit/5/1", "visits/visit/5/1"], clinic.Published.Select(happened => happened.Id));
    }

    [Fact]
    public async Task An_event_that_was_published_and_noted_is_not_published_again_by_the_next_process()
    {
        await using var clinic = await StartInGrainsAsync();
        var before = await clinic.SubscribeAsync(ClinicStreams.Visits, NewId);
        Assert.Equal(HttpStatusCode.Created, (await clinic.SendAsync(Request.Post("visits", Booking))).Status);
        await before.HasAsync(1);

        // The services stop in order, which notes what was published.
        await clinic.RestartServicesAsync(time: new LaterTime(AfterMarksHaveGrownOld));
        var after = await clinic.SubscribeAsync(ClinicStreams.Visits, NewId);
        Assert.Equal(HttpStatusCode.NoContent, (await clinic.SendAsync(Request.Delete($"visits/{NewId}"))).Status);
        await after.HasAsync(1);

        Assert.Equal(["clinic.visit-cancelled"], after.All.Select(happened => happened.Type));
    }

    [Fact]
    public async Task A_write_with_an_event_costs_two_requests_more_and_writes_that_follow_at_once_none()
    {
        await using var clinic = await ClinicUnderTest.StartAsync(("Outbox:NoteDelay", "00:10:00"));
        await clinic.ToGrainsAsync("visits");
        var counted = new CrashPoint();
        await clinic.RestartServicesAsync(counted);

        Assert.Equal(HttpStatusCode.Created, (await clinic.SendAsync(Request.Post("visits", Booking))).Status);
        for (var change = 1; change < 10; change++)
            Assert.Equal(HttpStatusCode.NoContent, (await clinic.SendAsync(Request.Put($"visits/{NewId}", """{"date":"2030-06-01","description":"again"}"""))).Status);
        await Eventually.Holds(() => clinic.Published.Count == 10, "all events are published");
        await clinic.RestartServicesAsync();

        Assert.Equal(
            [
                (WriteStep.BeforeMark, 10), (WriteStep.BeforeOutboxMark, 1), (WriteStep.BeforeStore, 10), (WriteStep.BeforeApply, 10), (WriteStep.BeforeCommit, 10), (WriteStep.BeforePublish, 10),
                (WriteStep.BeforeNote, 1),
            ],
            counted.Calls.OrderBy(call => call.Key).Select(call => (call.Key, call.Value)));
    }

    private static async Task<ClinicUnderTest> StartInGrainsAsync()
    {
        var clinic = await ClinicUnderTest.StartAsync(FastSweeps);
        await clinic.ToGrainsAsync("visits");
        return clinic;
    }

    private static async Task CrashAsync(ClinicUnderTest clinic, WriteStep step)
    {
        var crash = new CrashPoint();
        await clinic.RestartServicesAsync(crash);
        crash.Step = step;
        await clinic.SendAsync(Request.Post("visits", Booking));
        await Eventually.Holds(() => crash.IsReached, $"the services are lost at {step}");
    }
}
