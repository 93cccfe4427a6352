using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace OrleansShop.Engine.Reminders;

internal sealed partial class LocalReminders
{
    [LoggerMessage(1700, LogLevel.Warning, "The tick of reminder \"{Name}\" of {Grain} that was due at {DueAt:O} has failed; the reminder goes on")]
    private partial void LogTickFailed(Exception cause, string name, GrainId grain, DateTime dueAt);

    [LoggerMessage(1701, LogLevel.Warning, "The reminder \"{Name}\" of {Grain} is stored with a period of {Period} and is left out: a period must be longer than zero")]
    private partial void LogUnusable(string name, GrainId grain, TimeSpan period);
}
