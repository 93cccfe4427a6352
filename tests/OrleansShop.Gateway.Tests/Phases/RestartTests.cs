using OrleansShop.Gateway.Phases;
using OrleansShop.Gateway.Tests.Fixtures;
using OrleansShop.Strangler.Phases;
using Xunit;

namespace OrleansShop.Gateway.Tests.Phases;

public sealed class RestartTests
{
    [Fact]
    public async Task Phases_are_kept_across_a_restart()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.ToGrainsAsync("vets");
        await clinic.ToGrainsAsync("pets");
        await clinic.ToMonolithAsync("pets");

        await clinic.RestartGatewayAsync();

        Assert.Equal("Grains", await clinic.Gateway.PhaseAsync("vets"));
        Assert.Equal("Monolith", await clinic.Gateway.PhaseAsync("pets"));
        Assert.Equal("vets", (await clinic.Gateway.EchoAsync(HttpMethod.Get, "/petclinic/api/vets")).Backend);
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
    public async Task A_gateway_without_memory_learns_the_phases_from_the_services()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.ToGrainsAsync("visits");
        await clinic.Gateway.DisposeAsync();
        File.Delete(Path.Combine(clinic.DataFolder, PhaseFile.Name));

        await clinic.StartGatewayAsync();

        await Eventually.Holds(() => Task.FromResult(clinic.Gateway.Standing("visits").Phase == CapabilityPhase.Grains), "the gateway knows");
        Assert.Equal("visits", (await clinic.Gateway.EchoAsync(HttpMethod.Get, "/petclinic/api/visits")).Backend);
    }

    [Fact]
    public async Task A_service_that_is_down_at_the_start_is_asked_until_it_answers()
    {
        await using var clinic = await Clinic.StartAsync();
        var port = new Uri(clinic.Services["visits"].Backend.Address).Port;
        await clinic.Gateway.DisposeAsync();
        await clinic.Services["visits"].DisposeAsync();

        await clinic.StartGatewayAsync();
        Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Get, "/petclinic/api/visits")).Backend);

        clinic.Services["visits"] = await FakeService.StartAsync("visits", port);
        await clinic.ToGrainsAsync("visits");
        Assert.Equal("visits", (await clinic.Gateway.EchoAsync(HttpMethod.Get, "/petclinic/api/visits")).Backend);
    }
}
