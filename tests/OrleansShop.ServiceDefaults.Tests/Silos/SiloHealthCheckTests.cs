using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansShop.ServiceDefaults.Silos;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.ServiceDefaults.Tests.Silos;

public sealed class SiloHealthCheckTests
{
    [Fact]
    public async Task It_is_healthy_while_every_part_is_and_says_why_it_is_not()
    {
        Part well = new(null), first = new("No lease."), second = new("No disk.");

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(new SiloHealthCheck([well], TimeProvider.System))).Status);
        var ill = await CheckAsync(new SiloHealthCheck([first, well, second], TimeProvider.System));

        Assert.Equal((HealthStatus.Unhealthy, "No lease. No disk."), (ill.Status, ill.Description));
    }

    [Fact]
    public async Task A_part_is_told_when_it_was_asked_before()
    {
        var time = new ManualTimeProvider();
        var part = new Part(null);
        var check = new SiloHealthCheck([part], time);

        await CheckAsync(check);
        var first = time.GetUtcNow().UtcDateTime;
        time.Advance(TimeSpan.FromSeconds(10));
        await CheckAsync(check);

        Assert.Equal([DateTime.MinValue, first], part.Asked);
    }

    private static Task<HealthCheckResult> CheckAsync(SiloHealthCheck check) => check.CheckHealthAsync(new(), TestContext.Current.CancellationToken);

    private sealed class Part(string? illness) : IHealthCheckParticipant
    {
        public List<DateTime> Asked { get; } = [];

        public bool CheckHealth(DateTime lastCheckTime, [NotNullWhen(false)] out string? reason)
        {
            Asked.Add(lastCheckTime);
            reason = illness;
            return reason is null;
        }
    }
}
