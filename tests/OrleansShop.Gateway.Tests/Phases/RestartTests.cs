using OrleansShop.Gateway.Phases;
using OrleansShop.Gateway.Tests.Fixtures;
using OrleansShop.Strangler.Phases;
using Xunit;

namespace OrleansShop.Gateway.Tests.Phases;

public sealed class RestartTests
{
    [Fact]
    public async Task Phases_and_history_are_kept_across_a_restart()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.SwitchAsync("vets", "grains");
        await clinic.SwitchAsync("pets", "grains");
        await clinic.SwitchAsync("pets", "monolith");

        await clinic.RestartGatewayAsync();

        Assert.Equal("Grains", await clinic.Gateway.PhaseAsync("vets"));
        Assert.Equal("Monolith", await clinic.Gateway.PhaseAsync("pets"));
        Assert.Equal("vets", (await clinic.Gateway.EchoAsync(HttpMethod.Get, "/petclinic/api/vets")).Backend);
        Assert.Equal(3, (await clinic.Gateway.CapabilityAsync("pets")).GetProperty("lastSwitch").GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task A_corrupt_file_keeps_the_gateway_from_starting()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.Gateway.DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(clinic.DataFolder, PhaseFile.Name), "{ not json");
        await Assert.ThrowsAsync<PhaseFileException>(() => clinic.StartGatewayAsync());
    }

    [Fact]
    public async Task A_service_that_lost_its_phase_sends_the_capability_back_to_the_monolith()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.SwitchAsync("visits", "grains");
        clinic.Services["visits"].Phase = CapabilityPhase.Monolith;

        await clinic.RestartGatewayAsync();

        await Eventually.Holds(async () => await clinic.Gateway.PhaseAsync("visits") == "Monolith", "the gateway falls back");
        Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Get, "/petclinic/api/visits")).Backend);
        Assert.Equal("Reconciled", (await clinic.Gateway.CapabilityAsync("visits")).GetProperty("lastSwitch").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_service_that_is_ahead_of_a_gateway_without_memory_discards_its_copy()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.SwitchAsync("visits", "grains");
        await clinic.Gateway.DisposeAsync();
        File.Delete(Path.Combine(clinic.DataFolder, PhaseFile.Name));

        await clinic.StartGatewayAsync();

        await Eventually.Holds(() => Task.FromResult(clinic.Services["visits"].Phase == CapabilityPhase.Monolith), "the service discards");
        Assert.Equal("discard by gateway", clinic.Services["visits"].Operations[^1]);
        Assert.Equal("Monolith", await clinic.Gateway.PhaseAsync("visits"));
    }

    [Fact]
    public async Task A_service_that_is_down_at_the_start_is_asked_until_it_answers()
    {
        await using var clinic = await Clinic.StartAsync();
        var port = new Uri(clinic.Services["visits"].Backend.Address).Port;
        await clinic.Gateway.DisposeAsync();
        await clinic.Services["visits"].DisposeAsync();

        await clinic.StartGatewayAsync();
        Assert.Equal("Settling", (await clinic.Gateway.CapabilityAsync("visits")).GetProperty("state").GetString());

        clinic.Services["visits"] = await FakeService.StartAsync("visits", port);
        await Eventually.Holds(
            async () => (await clinic.Gateway.CapabilityAsync("visits")).GetProperty("state").GetString() == "Steady", "both agree");
    }
}
