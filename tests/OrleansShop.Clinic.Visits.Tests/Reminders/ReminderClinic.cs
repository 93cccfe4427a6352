using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Reminders;
using Orleans.TestingHost;
using OrleansShop.Clinic.Contracts.Events;
using OrleansShop.Clinic.Contracts.Visits;
using OrleansShop.Clinic.Visits.Reminders;
using OrleansShop.Clinic.Visits.Reminders.Mail;
using OrleansShop.Storage.Sqlite.GrainState;
using OrleansShop.Storage.Sqlite.Reminders;
using OrleansShop.Strangler.Events;
using OrleansShop.Testing.Mail;
using OrleansShop.Testing.Time;
using OrleansShop.Testing.Waiting;

namespace OrleansShop.Clinic.Visits.Tests.Reminders;

/// <summary>
/// The reminders of visits in a cluster, with a book for the rest of the clinic, a mail server, and a clock for what is due that stands still until the test moves it. It is midnight before 1 January 2030; visits begin at
/// 09:00 UTC and mails are due 24 hours before.
/// </summary>
internal sealed class ReminderClinic : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;
    private readonly DirectoryInfo _folder;

    private ReminderClinic(InProcessTestCluster cluster, DirectoryInfo folder) => (_cluster, _folder) = (cluster, folder);

    public required ManualTimeProvider Time { get; init; }

    public required ClinicBook Book { get; init; }

    public required SmtpServer Mail { get; init; }

    public InProcessTestCluster Cluster => _cluster;

    public static async Task<ReminderClinic> StartAsync(short silos = 1, Func<VisitReminderOptions, VisitReminderOptions>? change = null)
    {
        var (time, book, mail) = (new ManualTimeProvider(), new ClinicBook(), SmtpServer.Start());
        var options = new VisitReminderOptions
        {
            From = "visits@clinic.test",
            FrontDesk = "desk@clinic.test",
            Smtp = new SmtpOptions { Host = "127.0.0.1", Port = mail.Port, StartTls = false },
        };
        var folder = Directory.CreateTempSubdirectory("reminders-");
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, time);
            silo.Services.AddSingleton(book);
            silo.Services.AddVisitReminders(change?.Invoke(options) ?? options);
            silo.Configure<GrainTypeOptions>(types => types.Classes.UnionWith([typeof(VisitReminderGrain), typeof(BookedVisitGrain), typeof(BookedPetGrain), typeof(BookedOwnerGrain)]));
            silo.AddSqliteGrainStorage(VisitsService.Name, storage => storage.Path = Path.Combine(folder.FullName, "visits.db"));
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.UseSqliteReminderService(reminders => reminders.Path = Path.Combine(folder.FullName, "reminders.db"));
            silo.AddMemoryStreams(EventStreams.Provider);
        });
        builder.ConfigureClient(client => client.AddMemoryStreams(EventStreams.Provider));
        var clinic = new ReminderClinic(builder.Build(), folder) { Time = time, Book = book, Mail = mail };
        await clinic._cluster.DeployAsync();
        return clinic;
    }

    public static DateOnly January(int day) => new(2030, 1, day);

    /// <summary>Publishes an event of a visit, under a number of the test's choice.</summary>
    public async Task PublishAsync<T>(long sequence, int visit, T data, int? schemaVersion = null)
        where T : IClinicEvent
    {
        var stream = _cluster.Client.GetStreamProvider(EventStreams.Provider).GetStream<CloudEvent>(StreamId.Create(ClinicStreams.Visits, visit));
        await stream.OnNextAsync(new CloudEvent
        {
            Id = $"visit-{visit}-{sequence}",
            Source = $"/visits/visit/{visit}",
            Type = T.Type,
            SchemaVersion = schemaVersion ?? T.SchemaVersion,
            Sequence = sequence,
            Data = JsonSerializer.SerializeToUtf8Bytes(data, CloudEventJson.DataOptions),
        });
    }

    /// <summary>Books a visit of Leo, in the book and by its first event, and waits until that was handled.</summary>
    public async Task BookAsync(int visit, DateOnly date)
    {
        Book.Visits[visit] = new Visit(date, "rabies shot", visit, PetId: 1);
        await PublishAsync(1, visit, new VisitBooked(visit, PetId: 1, date, "rabies shot"));
        await ReachesAsync(visit, report => report.Date == date, "the booking is handled");
    }

    public async Task<VisitReminderReport?> ReportAsync(int visit) => await _cluster.Client.GetGrain<IVisitReminderGrain>(visit).GetAsync();

    public Task ReachesAsync(int visit, VisitReminderStage stage) => ReachesAsync(visit, report => report.Stage == stage, $"the reminder of visit {visit} is {stage}");

    public Task ReachesAsync(int visit, Func<VisitReminderReport, bool> condition, string what) =>
        Eventually.Holds(async () => await ReportAsync(visit) is { } report && condition(report), what);

    /// <summary>Moves the clock to a time of January 2030.</summary>
    public void MoveTo(int day, int hour, int minute = 0) => Time.Advance(new DateTimeOffset(2030, 1, day, hour, minute, 0, TimeSpan.Zero) - Time.GetUtcNow());

    /// <summary>Moves the clock on step by step until a reminder is where it is wanted, as the engine's and the grain's own delays need it.</summary>
    public async Task AdvanceUntilAsync(TimeSpan step, VisitReminderStage stage, int visit)
    {
        var since = Stopwatch.GetTimestamp();
        VisitReminderReport? report;
        while ((report = await ReportAsync(visit))?.Stage != stage)
        {
            if (Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(60)) throw new TimeoutException($"At {Time.GetUtcNow()} it is not {stage} but: {report}");
            Time.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    /// <summary>Stops the only silo, or kills it, and starts it again after something was done.</summary>
    public async Task RestartAsync(bool isKilled, Action meanwhile)
    {
        var silo = _cluster.Silos.Single();
        if (isKilled) await _cluster.KillSiloAsync(silo);
        else await _cluster.StopSiloAsync(silo);
        meanwhile();
        await _cluster.RestartStoppedSecondarySiloAsync(silo.Name);
        await _cluster.WaitForLivenessToStabilizeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await Mail.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
