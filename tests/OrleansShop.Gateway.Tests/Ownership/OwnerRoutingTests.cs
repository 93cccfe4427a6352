using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Gateway.Tests.Fixtures;
using OrleansShop.ServiceDefaults.Silos;
using OrleansShop.Strangler.Keys;
using Xunit;

namespace OrleansShop.Gateway.Tests.Ownership;

/// <summary>Which of three processes of a service gets a request, when owners of entities are known. The entity n belongs to the silo n mod 3.</summary>
public sealed class OwnerRoutingTests
{
    private const string Api = "/petclinic/api";

    [Fact]
    public async Task A_request_for_an_entity_goes_to_the_process_whose_silo_owns_it()
    {
        await using var owners = await ThreeProcesses.StartAsync();

        for (var id = 0; id < 9; id++)
        {
            Assert.Equal($"owners-{id % 3}", await owners.AskAsync(HttpMethod.Get, $"{Api}/owners/{id}"));
        }

        Assert.Equal("owners-1", await owners.AskAsync(HttpMethod.Put, $"{Api}/owners/4"));
        Assert.Equal("owners-2", await owners.AskAsync(HttpMethod.Get, "/owner/5"));
    }

    [Fact]
    public async Task Requests_for_no_entity_or_for_an_id_that_is_none_go_to_any()
    {
        await using var owners = await ThreeProcesses.StartAsync();

        foreach (var path in new[] { "/owners", "/owners/abc", "/owners/-1", "/owners/1.0", "/owners/%31x", "/owners/99999999999999999999" })
        {
            await owners.ExpectSpreadAsync(Api + path);
        }
    }

    [Fact]
    public async Task Without_a_known_owner_requests_are_spread()
    {
        await using var owners = await ThreeProcesses.StartAsync();
        owners.Known = false;

        await owners.ExpectSpreadAsync($"{Api}/owners/1");
    }

    [Fact]
    public async Task Switched_off_requests_are_spread()
    {
        await using var owners = await ThreeProcesses.StartAsync(new() { ["Gateway:OwnerRouting:Enabled"] = "false" });

        await owners.ExpectSpreadAsync($"{Api}/owners/1");
    }

    [Fact]
    public async Task An_owner_that_is_not_ready_is_left_alone()
    {
        await using var owners = await ThreeProcesses.StartAsync();
        owners.Processes[1].IsReady = false;
        await owners.UntilAsync($"{Api}/owners/1", name => name != "owners-1");

        for (var i = 0; i < 6; i++)
        {
            Assert.NotEqual("owners-1", await owners.AskAsync(HttpMethod.Get, $"{Api}/owners/1"));
        }

        owners.Processes[1].IsReady = true;
        await owners.UntilAsync($"{Api}/owners/1", name => name == "owners-1");
    }

    [Fact]
    public async Task An_owner_that_is_gone_fails_no_request()
    {
        await using var owners = await ThreeProcesses.StartAsync(new() { ["Gateway:Forwarding:HealthInterval"] = "00:01:00" });
        await owners.Processes[1].StopAsync();

        for (var i = 0; i < 6; i++)
        {
            Assert.NotEqual("owners-1", await owners.AskAsync(HttpMethod.Put, $"{Api}/owners/1"));
        }
    }

    [Fact]
    public async Task A_process_that_has_started_anew_is_found_by_its_new_silo()
    {
        await using var owners = await ThreeProcesses.StartAsync();
        owners.Processes[1].Silo = "10.0.0.1:11111@2000";
        owners.Processes[2].Silo = ThreeProcesses.SiloOf(1).ToParsableString();

        await owners.UntilAsync($"{Api}/owners/1", name => name == "owners-2");
        await owners.ExpectSpreadAsync($"{Api}/owners/2");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("10.0.0.1:99999999@1")]
    [InlineData("@")]
    public async Task What_a_process_says_of_its_silo_is_not_trusted_to_be_an_address(string silo)
    {
        await using var owners = await ThreeProcesses.StartAsync();
        owners.Processes[1].Silo = silo;

        await owners.UntilAsync($"{Api}/owners/1", name => name != "owners-1");
        await owners.ExpectSpreadAsync($"{Api}/owners/1");
    }

    private sealed class ThreeProcesses : IGrainOwners, IAsyncDisposable
    {
        private readonly Clinic _clinic;

        private ThreeProcesses(Clinic clinic, StubBackend[] processes)
        {
            _clinic = clinic;
            Processes = processes;
        }

        public StubBackend[] Processes { get; }

        public bool Known { get; set; } = true;

        public static SiloAddress SiloOf(long id) => SiloAddress.New(IPAddress.Parse("10.0.0.1"), 11111, 1000 + (int)(id % 3));

        public static async Task<ThreeProcesses> StartAsync(Dictionary<string, string?>? settings = null)
        {
            var clinic = await Clinic.StartAsync();
            var processes = new StubBackend[3];
            for (var number = 0; number < processes.Length; number++)
            {
                processes[number] = await StubBackend.StartAsync($"owners-{number}", clinic.Services["owners"].Map);
                processes[number].Silo = SiloOf(number).ToParsableString();
            }

            var owners = new ThreeProcesses(clinic, processes);
            await clinic.RestartGatewayAsync(
                new(settings ?? []) { ["Capabilities:owners:Service"] = string.Join(';', processes.Select(process => process.Address)) }, services => services.AddSingleton<IGrainOwners>(owners));
            await clinic.ToGrainsAsync("owners");
            if (settings is null || !settings.ContainsKey("Gateway:OwnerRouting:Enabled"))
            {
                foreach (var number in new[] { 0, 1, 2 }) await owners.UntilAsync($"{Api}/owners/{number}", name => name == $"owners-{number}");
            }

            return owners;
        }

        public SiloAddress? FindOwner(string grainType, KeyType keyType, EntityId id)
        {
            Assert.Equal("owner", grainType);
            return Known ? SiloOf((long)id) : null;
        }

        public async Task<string> AskAsync(HttpMethod method, string path) => (await _clinic.Gateway.EchoAsync(method, path)).Backend;

        public async Task UntilAsync(string path, Func<string, bool> condition) =>
            await Eventually.Holds(async () => condition(await AskAsync(HttpMethod.Get, path)), $"the right process gets {path}");

        public async Task ExpectSpreadAsync(string path)
        {
            var names = new HashSet<string>();
            for (var i = 0; i < 300 && names.Count < Processes.Length; i++)
            {
                names.Add(await AskAsync(HttpMethod.Get, path));
            }

            Assert.Equal(["owners-0", "owners-1", "owners-2"], names.Order(StringComparer.Ordinal));
        }

        public async ValueTask DisposeAsync()
        {
            await _clinic.DisposeAsync();
            foreach (var process in Processes) await process.DisposeAsync();
        }
    }
}
