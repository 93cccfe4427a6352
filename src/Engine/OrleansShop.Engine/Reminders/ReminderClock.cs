using Microsoft.Extensions.DependencyInjection;
using Orleans.Reminders;

namespace OrleansShop.Engine.Reminders;

/// <summary>The clock of due times: the one registered under <see cref="ReminderTimeProviderNames.Reminders"/>, otherwise the silo's.</summary>
internal sealed class ReminderClock(IServiceProvider services)
{
    public TimeProvider Time { get; } =
        services.GetKeyedService<TimeProvider>(ReminderTimeProviderNames.Reminders) ?? services.GetRequiredService<TimeProvider>();
}
