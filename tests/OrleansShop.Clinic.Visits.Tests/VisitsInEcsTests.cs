using System.Diagnostics;
using System.Globalization;
using System.Net;
using OrleansShop.Testing.Ecs;
using OrleansShop.Testing.Network;
using OrleansShop.Testing.Processes;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Clinic.Visits.Tests;

/// <summary>The service's executable in what looks to it like an ECS task: the metadata endpoint, SIGTERM, and what its exit code says.</summary>
public sealed class VisitsInEcsTests : IAsyncDisposable
{
    private const string Project = "src/Clinic/OrleansShop.Clinic.Visits";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("visits-ecs-");
    private readonly EcsMetadataServer _metadata = EcsMetadataServer.Start();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(30) };

    private string Members => Path.Combine(_folder.FullName, "members.json");

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _metadata.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task It_advertises_the_tasks_address_under_the_tasks_name_and_listens_there()
    {
        // An address of the machine that is not the one it would take by itself.
        _metadata.Container = EcsMetadataServer.AwsVpc("127.0.0.7");
        var siloPort = FreePort.Next();
        await using var process = await StartAsync("first", siloPort);

        var members = await File.ReadAllTextAsync(Members, TestContext.Current.CancellationToken);

        Assert.Contains($"127.0.0.7:{siloPort}", members, StringComparison.Ordinal);
        Assert.Contains("owners-158d1c8083dd49d6b527399fd6414f5c", members, StringComparison.Ordinal);
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Parse("127.0.0.7"), siloPort, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_metadata_endpoint_that_says_nonsense_ends_the_process_with_2_and_the_reason()
    {
        _metadata.Container = """{ "Networks": [{ "NetworkMode": "bridge" }] }""";
        await using var process = Start("first", FreePort.Next());

        await Eventually.Holds(() => process.HasExited, "the process ends");

        Assert.Equal(2, process.ExitCode);
        await Eventually.Holds(() => process.Output.Contains("a container port of the task definition's portMappings", StringComparison.Ordinal), "the reason is printed");
    }

    [Fact]
    public async Task On_SIGTERM_it_turns_unready_first_goes_on_serving_then_leaves_and_ends_with_0()
    {
        await using var process = await StartAsync("first", FreePort.Next(), "--Shutdown:ReadinessDelay=00:00:04");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("first", "/health/ready"));

        var stopping = process.StopAsync();

        await Eventually.Holds(async () => await StatusAsync("first", "/health/ready") == HttpStatusCode.ServiceUnavailable, "it is unready");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("first", "/health/live"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("first", "/strangler/visits"));
        Assert.Contains("Active", await File.ReadAllTextAsync(Members, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, await stopping);
        Assert.DoesNotContain("Active", await File.ReadAllTextAsync(Members, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_that_was_declared_dead_is_not_alive_any_more_and_its_process_ends_with_3()
    {
        string[] short_ = ["--Orleans:Clustering:HeartbeatPeriod=00:00:00.5", "--Orleans:Clustering:LeaseDuration=00:00:03", "--Shutdown:ReadinessDelay=00:00:04"];
        await using var frozen = await StartAsync("first", FreePort.Next(), short_);
        await using var other = await StartAsync("second", FreePort.Next(), short_);

        await SignalAsync(frozen, "-STOP");
        await Eventually.Holds(async () => (await File.ReadAllTextAsync(Members, TestContext.Current.CancellationToken)).Contains("Dead", StringComparison.Ordinal), "the other silo declares it dead");
        await SignalAsync(frozen, "-CONT");

        await Eventually.Holds(async () => frozen.HasExited || await StatusAsync("first", "/health/live") == HttpStatusCode.ServiceUnavailable, "it is not alive");
        await Eventually.Holds(() => frozen.HasExited, "it ends");
        Assert.True(frozen.ExitCode == 3, $"It ended with {frozen.ExitCode}:\n{frozen.Output}");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("second", "/health/live"));
        Assert.Equal(0, await other.StopAsync());
    }

    private readonly Dictionary<string, string> _addresses = [];

    private async Task<ServiceProcess> StartAsync(string name, int siloPort, params string[] more)
    {
        var process = Start(name, siloPort, more);
        await process.WaitUntilReadyAsync(_addresses[name] + "/health/ready");
        return process;
    }

    private ServiceProcess Start(string name, int siloPort, params string[] more)
    {
        _addresses[name] = $"http://127.0.0.1:{FreePort.Next()}";
        return ServiceProcess.Start(
            Project,
            [
                $"--urls={_addresses[name]}", $"--ECS_CONTAINER_METADATA_URI_V4={_metadata.Address}", "--Cluster:Membership=File", $"--Cluster:File={Members}",
                $"--Cluster:SiloPort={siloPort.ToString(CultureInfo.InvariantCulture)}", $"--Storage:DataFolder={Path.Combine(_folder.FullName, name)}", .. more,
            ],
            _folder.FullName);
    }

    private async Task<HttpStatusCode> StatusAsync(string name, string path)
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri(_addresses[name] + path), TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            // It listens no more.
            return 0;
        }
    }

    private static async Task SignalAsync(ServiceProcess process, string signal)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
