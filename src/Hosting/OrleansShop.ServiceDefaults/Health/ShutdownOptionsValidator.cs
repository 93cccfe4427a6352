using Microsoft.Extensions.Options;

namespace OrleansShop.ServiceDefaults.Health;

/// <summary>A process that drains for longer than the platform waits is killed in the middle of it: such a configuration does not start.</summary>
internal sealed class ShutdownOptionsValidator : IValidateOptions<ShutdownOptions>
{
    public ValidateOptionsResult Validate(string? name, ShutdownOptions options)
    {
        var budget = StopBudget.Of(options);
        var isGiven = options.DrainTimeout is not null;
        if (budget.Drain < TimeSpan.FromSeconds(1) || (isGiven && budget.OfHost + StopBudget.Ending > options.StopTimeout))
        {
            return ValidateOptionsResult.Fail(
                $"Shutdown:ReadinessDelay (environment: Shutdown__ReadinessDelay) is {options.ReadinessDelay} and Shutdown:DrainTimeout (environment: Shutdown__DrainTimeout) is "
                + $"{(isGiven ? $"{options.DrainTimeout}" : "not set, which is at least 1 s")}; with {StopBudget.Ending.TotalSeconds} s for the process to end they must not exceed Shutdown:StopTimeout "
                + $"(environment: Shutdown__StopTimeout), {options.StopTimeout}, after which the platform kills the process. Raise the platform's limit (in ECS the container's stopTimeout) "
                + "and Shutdown:StopTimeout with it, or lower the others.");
        }

        return ValidateOptionsResult.Success;
    }
}
