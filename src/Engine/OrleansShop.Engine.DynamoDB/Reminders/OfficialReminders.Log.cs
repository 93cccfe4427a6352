using Microsoft.Extensions.Logging;

namespace OrleansShop.Engine.DynamoDB.Reminders;

internal sealed partial class OfficialReminders
{
    [LoggerMessage(1911, LogLevel.Information, "{Count} reminders were taken over from the DynamoDB table {Official} into {Ours} at {Place}. This is done once")]
    private partial void LogImported(int count, string official, string ours, string place);
}
