using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using OrleansShop.Gateway.Tests.Fixtures;
using Xunit;

namespace OrleansShop.Gateway.Tests.Ownership;

/// <summary>A gateway that is a client of a real cluster of three silos, each behind the HTTP API of its process.</summary>
public sealed class OwnerClusterTests : IAsyncLifetime
{
    private const int Silos = 3;
    private const int Entities = 60;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("owner-cluster-");
    private readonly List<WebApplication> _processes = [];
    private Clinic? _clinic;

    private string Members => Path.Combine(_folder.FullName, "members.json");

    private Clinic TheClinic => _clinic!;

    public async ValueTask InitializeAsync()
    {
        _clinic = await Clinic.StartAsync();
        for (var number = 0; number < Silos; number++)
        {
            _processes.Add(await OwnersService.StartAsync(_clinic.Services["owners"], _folder.CreateSubdirectory($"{number}"), Members, _folder.Name));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await TheClinic.DisposeAsync();
        foreach (var process in _processes) await process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task No_request_for_an_entity_needs_a_second_hop()
    {
        await StartGatewayAsync(isEnabled: true);

        await Eventually.Holds(async () => await HopsAsync() == 0, "every request is taken by the silo that executes it");
        Assert.Equal(Silos, (await AskAllAsync()).Select(hop => hop.Executed).Distinct().Count());
    }

    [Fact]
    public async Task Without_it_two_of_three_requests_need_one()
    {
        await StartGatewayAsync(isEnabled: false);

        Assert.InRange(await HopsAsync(), Entities / 3, Entities);
    }

    [Fact]
    public async Task When_a_silo_leaves_no_request_fails_and_its_entities_are_found_again()
    {
        await StartGatewayAsync(isEnabled: true);
        await Eventually.Holds(async () => await HopsAsync() == 0, "the owners are known");

        var leaving = _processes[0];
        var stopping = leaving.StopAsync(TestContext.Current.CancellationToken);
        do
        {
            await AskAllAsync();
        }
        while (!stopping.IsCompleted);
        await stopping;

        await Eventually.Holds(async () => await HopsAsync() == 0, "the next owners are known");
        Assert.Equal(Silos - 1, (await AskAllAsync()).Select(hop => hop.Executed).Distinct().Count());
    }

    [Fact]
    public async Task A_cluster_that_is_not_there_keeps_no_gateway_from_starting()
    {
        await StartGatewayAsync(isEnabled: true, members: Path.Combine(_folder.FullName, "nobody.json"));

        Assert.InRange(await HopsAsync(), 1, Entities);
    }

    private async Task StartGatewayAsync(bool isEnabled, string? members = null)
    {
        await TheClinic.RestartGatewayAsync(new()
        {
            ["Capabilities:owners:Service"] = string.Join(';', _processes.Select(process => process.Urls.Single())),
            ["Cluster:Id"] = _folder.Name,
            ["Cluster:Membership"] = "File",
            ["Cluster:File"] = members ?? Members,
            ["Gateway:OwnerRouting:Enabled"] = isEnabled ? "true" : "false",
        });
        await TheClinic.ToGrainsAsync("owners");
    }

    private async Task<int> HopsAsync() => (await AskAllAsync()).Count(hop => hop.Taken != hop.Executed);

    private async Task<List<Hop>> AskAllAsync()
    {
        var hops = new List<Hop>();
        for (var id = 1; id <= Entities; id++)
        {
            hops.Add((await TheClinic.Gateway.Client.GetFromJsonAsync<Hop>($"/petclinic/api/owners/{id}", TestGateway.Json, TestContext.Current.CancellationToken))!);
        }

        return hops;
    }
}
