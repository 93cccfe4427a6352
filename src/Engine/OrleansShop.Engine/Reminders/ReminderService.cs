using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace OrleansShop.Engine.Reminders;

/// <summary>The reminders of a silo: changes go to the table first, then to the silo that sends the ticks.</summary>
internal sealed partial class ReminderService(
    IReminderTable table, ReminderOwners owners, LocalReminders local, ReminderLoader loader, TickRecorder recorder, ReminderClock clock, TimeProvider engineTime,
    IOptions<ReminderOptions> options, ILogger<ReminderService> logger) : IReminderService, ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>How long a silo that stops waits for the ticks on their way. Their grains have their own time to come to rest after that.</summary>
    private static readonly TimeSpan LastTicksTimeout = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = logger;

    public void Participate(ISiloLifecycle lifecycle)
    {
        // The table before the application's grains can run, and until the last of them has gone; ticks only while the silo is active.
        lifecycle.Subscribe(nameof(IReminderTable), ServiceLifecycleStage.RuntimeStorageServices, StartTable, StopTable);
        lifecycle.Subscribe(nameof(ReminderService), ServiceLifecycleStage.Active, _ => Start(), StopTicks);
    }

    public Task Start()
    {
        loader.Start();
        return Task.CompletedTask;
    }

    public Task Stop() => StopTicks(CancellationToken.None);

    public async Task<IGrainReminder> RegisterOrUpdateReminder(GrainId grainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        var entry = new ReminderEntry { GrainId = grainId, ReminderName = reminderName, StartAt = (clock.Time.GetUtcNow() + dueTime).UtcDateTime, Period = period };
        entry.ETag = await table.UpsertRow(entry)
            ?? throw new ReminderException($"The reminder \"{reminderName}\" of {grainId} was not stored: {table.GetType().Name} refused the row, because of another write at the same time. Try again.");
        await owners.TellPut(entry);
        return Reminder.Of(entry);
    }

    public async Task UnregisterReminder(IGrainReminder reminder)
    {
        if (reminder is not Reminder known)
            throw new ArgumentException($"{reminder?.GetType().ToString() ?? "null"} is not a reminder that this engine gave out.", nameof(reminder));
        if (!await table.RemoveRow(known.GrainId, known.ReminderName, known.ETag) && await table.ReadRow(known.GrainId, known.ReminderName) is not null)
        {
            throw new ReminderException(
                $"The {known} was not removed: it has been registered anew since it was asked for. Get it with GetReminder, and unregister what that returns.");
        }

        await owners.TellRemoved(known.GrainId, known.ReminderName);
    }

    public async Task<IGrainReminder?> GetReminder(GrainId grainId, string reminderName) =>
        await table.ReadRow(grainId, reminderName) is { } entry ? Reminder.Of(entry) : null;

    public async Task<List<IGrainReminder>> GetReminders(GrainId grainId) => [.. (await table.ReadRows(grainId)).Reminders.Select(Reminder.Of)];

    private async Task StartTable(CancellationToken cancellationToken)
    {
        var since = engineTime.GetTimestamp();
        while (true)
        {
            try
            {
                await table.StartAsync(cancellationToken);
                return;
            }
            catch (Exception cause) when (cause is not (OperationCanceledException or OrleansConfigurationException) && engineTime.GetElapsedTime(since) < options.Value.InitializationTimeout)
            {
                LogTableNotReady(cause, RetryDelay);
                await Task.Delay(RetryDelay, engineTime, cancellationToken);
            }
        }
    }

    private async Task StopTicks(CancellationToken cancellationToken)
    {
        await loader.DisposeAsync();
        using var deadline = new CancellationTokenSource(LastTicksTimeout, engineTime);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        await local.Stop(patience.Token);
        await recorder.Written(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task StopTable(CancellationToken cancellationToken) => table.StopAsync(cancellationToken);

    [LoggerMessage(1708, LogLevel.Warning, "The reminder table cannot be reached; the next try is in {Delay}")]
    private partial void LogTableNotReady(Exception cause, TimeSpan delay);
}
