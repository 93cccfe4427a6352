using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace OrleansShop.Engine.Reminders;

/// <summary>Checks the reminder options when a silo starts, and lists every fault.</summary>
internal sealed class ReminderOptionsValidator(IOptions<ReminderOptions> options) : IConfigurationValidator
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    public void ValidateConfiguration()
    {
        var given = options.Value;
        var faults = new List<string>();
        Check(given.MinimumReminderPeriod >= TimeSpan.Zero, nameof(given.MinimumReminderPeriod), given.MinimumReminderPeriod, "zero or longer");
        Check(
            given.RefreshReminderListPeriod > TimeSpan.Zero && given.RefreshReminderListPeriod <= LongestTimer,
            nameof(given.RefreshReminderListPeriod), given.RefreshReminderListPeriod, $"longer than zero, up to {LongestTimer}");
        Check(given.InitializationTimeout > TimeSpan.Zero, nameof(given.InitializationTimeout), given.InitializationTimeout, "longer than zero");
        Check(given.ReminderLoadingWindow > TimeSpan.Zero, nameof(given.ReminderLoadingWindow), given.ReminderLoadingWindow, "longer than zero");
        if (faults.Count > 0)
            throw new OrleansConfigurationException($"The reminder configuration is invalid:{string.Concat(faults)}");

        void Check(bool holds, string key, TimeSpan value, string wanted)
        {
            if (!holds)
                faults.Add($"{Environment.NewLine}  {nameof(ReminderOptions)}.{key} is {value}; it must be {wanted}.");
        }
    }
}
