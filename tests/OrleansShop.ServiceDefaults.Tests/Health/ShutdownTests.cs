using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansShop.Engine.Hosting;
using OrleansShop.ServiceDefaults.Ecs;
using OrleansShop.ServiceDefaults.Health;
using OrleansShop.ServiceDefaults.Silos;
using Xunit;

namespace OrleansShop.ServiceDefaults.Tests.Health;

public sealed class ShutdownTests
{
    [Fact]
    public void Everything_follows_from_the_time_until_the_platform_kills()
    {
        var budget = Budget(("Shutdown:StopTimeout", "00:01:00"), ("Shutdown:ReadinessDelay", "00:00:08"));

        Assert.Equal((Seconds(8), Seconds(50), Seconds(45)), (budget.ReadinessDelay, budget.Drain, budget.Handoff));
        Assert.Equal(Seconds(58), budget.OfHost);
    }

    [Fact]
    public void Nothing_configured_fits_what_container_platforms_grant_by_default()
    {
        Assert.Equal((Seconds(0), Seconds(28), Seconds(23)), Tuple(Budget()));
        Assert.Equal((Seconds(5), Seconds(23), Seconds(18)), Tuple(Budget((EcsTask.MetadataVariable, "http://169.254.170.2/v4/abc"))));
        Assert.Equal((Seconds(1), Seconds(27), Seconds(22)), Tuple(Budget((EcsTask.MetadataVariable, "http://169.254.170.2/v4/abc"), ("Shutdown:ReadinessDelay", "00:00:01"))));
    }

    [Fact]
    public void The_host_waits_as_long_as_the_drain_may_take()
    {
        using var application = Application(("Shutdown:StopTimeout", "00:01:00"), ("Shutdown:DrainTimeout", "00:00:20"), ("Shutdown:ReadinessDelay", "00:00:03"));

        Assert.Equal(Seconds(23), application.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);
        Assert.Equal(Seconds(15), application.Services.GetRequiredService<IOptions<ClusteringOptions>>().Value.HandoffTimeout);
    }

    [Theory]
    [InlineData("00:00:30", "00:00:05", "00:00:24")]
    [InlineData("00:00:10", "00:00:08", null)]
    [InlineData("00:00:30", "00:00:00", "00:00:29")]
    public void A_drain_that_the_platform_would_cut_off_is_a_configuration_error(string stop, string readiness, string? drain)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Budget(("Shutdown:StopTimeout", stop), ("Shutdown:ReadinessDelay", readiness), ("Shutdown:DrainTimeout", drain)));

        Assert.Contains("Shutdown:StopTimeout (environment: Shutdown__StopTimeout), " + stop, failure.Message, StringComparison.Ordinal);
        Assert.Contains("stopTimeout", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_handoff_that_the_drain_would_cut_off_is_a_configuration_error()
    {
        using var application = Application(("Orleans:Clustering:HandoffTimeout", "00:00:25"));

        var failure = Assert.Throws<OptionsValidationException>(() => application.Services.GetRequiredService<IOptions<ClusteringOptions>>().Value);

        Assert.Contains("Orleans:Clustering:HandoffTimeout (environment: Orleans__Clustering__HandoffTimeout) is 00:00:25; it must be at most 00:00:23", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shorter_handoff_may_be_asked_for()
    {
        using var application = Application(("Orleans:Clustering:HandoffTimeout", "00:00:07"));

        Assert.Equal(Seconds(7), application.Services.GetRequiredService<IOptions<ClusteringOptions>>().Value.HandoffTimeout);
    }

    private static StopBudget Budget(params (string Key, string? Value)[] settings)
    {
        using var application = Application(settings);
        return StopBudget.Of(application.Services.GetRequiredService<IOptions<ShutdownOptions>>().Value);
    }

    private static WebApplication Application(params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.AddServiceDefaults("tests");
        builder.AddServiceGrains(ServiceGrains.Of("tests", typeof(ShutdownTests).Assembly));
        builder.AddSilo();
        return builder.Build();
    }

    private static (TimeSpan, TimeSpan, TimeSpan) Tuple(StopBudget budget) => (budget.ReadinessDelay, budget.Drain, budget.Handoff);

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
