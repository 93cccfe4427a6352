using System.Net;
using OrleansShop.ServiceDefaults.Ecs;
using OrleansShop.Testing.Ecs;
using OrleansShop.Testing.Network;
using Xunit;

namespace OrleansShop.ServiceDefaults.Tests.Ecs;

public sealed class EcsMetadataTests
{
    // Short pauses, because these tests wait for real ones; a generous end, because machines are slow.
    private static readonly EcsMetadataLimits Patient = EcsMetadataLimits.Default with { Overall = TimeSpan.FromSeconds(60), PerRequest = TimeSpan.FromSeconds(30), FirstPause = TimeSpan.FromMilliseconds(5), LongestPause = TimeSpan.FromMilliseconds(20) };
    private static readonly EcsMetadataLimits Impatient = Patient with { Overall = TimeSpan.FromMilliseconds(200) };

    [Fact]
    public async Task A_task_with_an_interface_of_its_own_is_reached_at_its_address()
    {
        await using var server = EcsMetadataServer.Start();

        var task = await ReadAsync(server, Patient);

        Assert.Equal(("owners", "158d1c8083dd49d6b527399fd6414f5c", "awsvpc", IPAddress.Parse("10.0.2.100")), (task.Group, task.Id, task.NetworkMode, task.Address));
        Assert.Empty(task.HostPorts);
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task A_task_without_a_service_goes_by_its_task_definition_and_one_without_version_4_by_its_other_address()
    {
        await using var server = EcsMetadataServer.Start();
        server.Task = """{ "TaskARN": "arn:aws:ecs:eu-central-1:111122223333:task/abc", "Family": "clinic-owners" }""";
        server.Container = """{ "Networks": [{ "NetworkMode": "awsvpc", "IPv6Addresses": ["2001:db8::17"] }] }""";

        var task = await ReadAsync(server, Patient);

        Assert.Equal(("clinic-owners", "abc", IPAddress.Parse("2001:db8::17")), (task.Group, task.Id, task.Address));
    }

    [Fact]
    public async Task A_container_in_the_bridge_has_the_hosts_ports_and_no_address_that_others_reach()
    {
        await using var server = EcsMetadataServer.Start();
        server.Container = EcsMetadataServer.Bridge((11111, 49153), (30000, 49154));

        var task = await ReadAsync(server, Patient);

        Assert.Equal(("bridge", null, 49153, 49154), (task.NetworkMode, task.Address, task.HostPorts[11111], task.HostPorts[30000]));
    }

    [Fact]
    public async Task The_agents_file_tells_the_hosts_address_as_soon_as_it_is_complete()
    {
        var file = Path.GetTempFileName();
        await using var server = EcsMetadataServer.Start();
        server.Container = EcsMetadataServer.Bridge((11111, 49153));
        await File.WriteAllTextAsync(file, """{ "Cluster": "clinic" }""", TestContext.Current.CancellationToken);

        var reading = ReadAsync(server, Patient, file);
        await File.WriteAllTextAsync(file + ".new", """{ "MetadataFileStatus": "READY", "HostPrivateIPv4Address": "10.0.1.7" }""", TestContext.Current.CancellationToken);
        File.Move(file + ".new", file, overwrite: true);

        Assert.Equal(IPAddress.Parse("10.0.1.7"), (await reading).Address);
        File.Delete(file);
    }

    [Fact]
    public async Task An_endpoint_that_fails_at_first_is_asked_again()
    {
        await using var server = EcsMetadataServer.Start();
        server.Failures = 3;

        Assert.Equal("owners", (await ReadAsync(server, Patient)).Group);
        Assert.Equal(5, server.Requests);
    }

    [Theory]
    [InlineData("<html>", "something else than the JSON")]
    [InlineData("null", "null instead of an object")]
    [InlineData("{}", "no entry in Networks")]
    [InlineData("""{ "Networks": [null, { "NetworkMode": "awsvpc" }] }""", "no address in IPv4Addresses")]
    [InlineData("""{ "Networks": [{ "NetworkMode": "awsvpc", "IPv4Addresses": ["here", null] }] }""", "no address in IPv4Addresses")]
    [InlineData("""{ "Networks": "awsvpc" }""", "something else than the JSON")]
    [InlineData("", "something else than the JSON")]
    public async Task Nonsense_is_named(string container, string reason)
    {
        await using var server = EcsMetadataServer.Start();
        server.Container = container;

        var failure = await Assert.ThrowsAsync<EcsMetadataException>(() => ReadAsync(server, Impatient));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains(server.Address, failure.Message, StringComparison.Ordinal);
        Assert.Contains("Cluster:AdvertisedAddress", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_too_long_is_not_read_to_its_end()
    {
        await using var server = EcsMetadataServer.Start();
        server.Container = EcsMetadataServer.AwsVpc("10.0.2.100") + new string(' ', 20_000);

        var failure = await Assert.ThrowsAsync<EcsMetadataException>(() => ReadAsync(server, Impatient with { MaxAnswerBytes = 10_000 }));

        Assert.Contains("10000", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_too_late_is_not_waited_for()
    {
        await using var server = EcsMetadataServer.Start();
        server.Delay = TimeSpan.FromSeconds(60);

        var failure = await Assert.ThrowsAsync<EcsMetadataException>(() => ReadAsync(server, Impatient with { PerRequest = TimeSpan.FromMilliseconds(50) }));

        Assert.Contains("did not answer within 0.05 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_is_named()
    {
        var address = $"http://127.0.0.1:{FreePort.Next()}/v4/abc";
        using var metadata = new EcsMetadata(address, file: null, Impatient, TimeProvider.System, new Random(1));

        Assert.Contains(address, (await Assert.ThrowsAsync<EcsMetadataException>(() => metadata.ReadAsync(TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("169.254.170.2/v4")]
    [InlineData("file:///etc/passwd")]
    public void An_endpoint_that_is_no_http_address_is_not_asked(string endpoint) =>
        Assert.Contains(endpoint, Assert.Throws<EcsMetadataException>(() => new EcsMetadata(endpoint, file: null, Patient, TimeProvider.System, new Random(1))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_process_that_is_told_to_stop_stops_asking()
    {
        await using var server = EcsMetadataServer.Start();
        server.Container = "{}";
        using var stop = new CancellationTokenSource();
        using var metadata = new EcsMetadata(server.Address, file: null, Patient, TimeProvider.System, new Random(1));

        var reading = metadata.ReadAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static async Task<EcsTask> ReadAsync(EcsMetadataServer server, EcsMetadataLimits limits, string? file = null)
    {
        using var metadata = new EcsMetadata(server.Address, file, limits, TimeProvider.System, new Random(1));
        return await metadata.ReadAsync(TestContext.Current.CancellationToken);
    }
}
