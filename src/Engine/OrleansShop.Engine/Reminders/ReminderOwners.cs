using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Reminders;

/// <summary>
/// Tells the owner of a reminder what has changed in the table. While ownership moves, the one that is told may not be the owner any more, or not yet:
/// then the next is tried. If nobody can be told, the owner finds the change with its next reading.
/// </summary>
internal sealed partial class ReminderOwners(ReminderShare share, LocalReminders local, SystemTargets silos, TimeProvider time, ILogger<ReminderOwners> logger)
{
    private const int MaxTries = 20;
    private static readonly TimeSpan TryAgainDelay = TimeSpan.FromMilliseconds(50);

    private readonly ILogger _logger = logger;

    public Task TellPut(ReminderEntry entry) => Tell(entry.GrainId, entry.ReminderName, owner => owner.Put(entry));

    public Task TellRemoved(GrainId grain, string name) => Tell(grain, name, owner => owner.Remove(grain, name));

    private async Task Tell(GrainId grain, string name, Func<IReminderOwner, ValueTask<bool>> tell)
    {
        for (var tries = 1; tries <= MaxTries && share.OwnerOf(grain) is { } owner; tries++)
        {
            try
            {
                if (await tell(owner.Equals(share.Silo) ? local : silos.Of<IReminderOwner>(owner, LocalReminders.SystemTargetName)))
                    return;
            }
            catch (Exception cause) when (cause is SiloUnavailableException or OrleansMessageRejectionException or ClientNotAvailableException)
            {
                // It has stopped, or has not started its reminders: its successor is known in a moment.
                LogOwnerGone(cause, owner, name, grain);
            }
            catch (Exception cause) when (cause is TimeoutException or LimitExceededException or OperationCanceledException)
            {
                LogNotTold(cause, owner, name, grain);
                return;
            }

            await Task.Delay(TryAgainDelay, time);
        }

        LogNoOwner(name, grain);
    }

    [LoggerMessage(1705, LogLevel.Debug, "Silo {Owner} cannot be told of a change of reminder \"{Name}\" of {Grain} now")]
    private partial void LogOwnerGone(Exception cause, SiloAddress owner, string name, GrainId grain);

    [LoggerMessage(1706, LogLevel.Warning, "Silo {Owner} did not answer when it was told of a change of reminder \"{Name}\" of {Grain}; it finds it with its next reading of the table")]
    private partial void LogNotTold(Exception cause, SiloAddress owner, string name, GrainId grain);

    [LoggerMessage(1707, LogLevel.Warning, "No silo says that it owns reminder \"{Name}\" of {Grain}; the owner finds the change with its next reading of the table")]
    private partial void LogNoOwner(string name, GrainId grain);
}
