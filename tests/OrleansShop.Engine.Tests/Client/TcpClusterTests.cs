using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Serialization;
using OrleansShop.Engine.Tests.Messaging;
using Xunit;

namespace OrleansShop.Engine.Tests.Client;

/// <summary>What a cluster of processes does, over real sockets and a membership file.</summary>
public sealed class TcpClusterTests : IAsyncDisposable
{
    private readonly TcpHosts _hosts = new();

    public ValueTask DisposeAsync() => _hosts.DisposeAsync();

    [Fact]
    public async Task A_client_reaches_the_grains_of_both_silos()
    {
        var one = await _hosts.StartSilo();
        var two = await _hosts.StartSilo();
        var client = await _hosts.StartClient();

        var places = await Places(client);

        Assert.Equal(new[] { TcpHosts.Address(one), TcpHosts.Address(two) }.Order(), places.Order());
    }

    [Fact]
    public async Task A_silo_reaches_the_grains_of_the_other()
    {
        var one = await _hosts.StartSilo();
        await _hosts.StartSilo();

        await Eventually.Holds(async () => (await Places(one)).Count == 2, "the first silo knows of the second");
    }

    [Fact]
    public async Task A_silo_that_stops_gracefully_fails_no_call_over_tcp()
    {
        await _hosts.StartSilo();
        var two = await _hosts.StartSilo();
        var client = await _hosts.StartClient();
        using var stop = new CancellationTokenSource();
        var callers = Callers(client, stop.Token);

        await Task.Delay(100, TestContext.Current.CancellationToken);
        await _hosts.Stop(two);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        await callers;
    }

    [Fact]
    public async Task A_silo_that_joins_fails_no_call_over_tcp()
    {
        await _hosts.StartSilo();
        var client = await _hosts.StartClient();
        using var stop = new CancellationTokenSource();
        var callers = Callers(client, stop.Token);

        await Task.Delay(50, TestContext.Current.CancellationToken);
        await _hosts.StartSilo();
        await Eventually.Holds(async () => (await Places(client)).Count == 2, "both silos serve");
        await stop.CancelAsync();

        await callers;
    }

    [Fact]
    public async Task The_grains_of_a_killed_silo_come_back_on_the_other()
    {
        var one = await _hosts.StartSilo();
        var two = await _hosts.StartSilo();
        var client = await _hosts.StartClient();
        var key = await KeyOn(client, TcpHosts.Address(two));

        await _hosts.Kill(two);

        // The first call may still go out on the broken connection; it fails, and the next one finds the new owner.
        await Eventually.Holds(async () => await WhereOrNull(client, key) is { } place && place.Equals(TcpHosts.Address(one)), "the grain is on the silo that lives");
    }

    [Fact]
    public async Task A_call_on_a_killed_silo_fails_at_once()
    {
        await _hosts.StartSilo();
        var two = await _hosts.StartSilo();
        var client = await _hosts.StartClient();
        var key = await KeyOn(client, TcpHosts.Address(two));
        var call = TcpHosts.Grains(client).GetGrain<IPlaceGrain>(key).Slow(60_000);

        await _hosts.Kill(two);

        await Assert.ThrowsAsync<SiloUnavailableException>(() => call.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_silo_that_starts_again_at_its_endpoint_takes_the_place_of_its_dead_self()
    {
        await _hosts.StartSilo();
        var two = await _hosts.StartSilo();
        var before = TcpHosts.Address(two);
        await _hosts.Kill(two);

        var again = await _hosts.StartSilo(siloPort: before.Endpoint.Port);

        var view = again.Services.GetRequiredService<RingHolder>().Current.View;
        Assert.True(view.IsDead(before));
        Assert.Equal(2, view.Active.Length);
    }

    [Fact]
    public async Task A_client_with_a_static_list_needs_one_gateway_that_answers()
    {
        var one = await _hosts.StartSilo();
        await _hosts.StartSilo();
        var dead = new IPEndPoint(IPAddress.Loopback, FreePort.At(IPAddress.Loopback));
        var client = await _hosts.StartClient(builder => UseOnlyStatic(builder, dead, TcpHosts.Gateway(one)));

        Assert.Equal(2, (await Places(client)).Count);
    }

    [Fact]
    public async Task A_client_without_any_gateway_fails_to_start_and_names_what_it_tried()
    {
        var dead = new IPEndPoint(IPAddress.Loopback, FreePort.At(IPAddress.Loopback));

        var failure = await Assert.ThrowsAsync<SiloUnavailableException>(() => _hosts.StartClient(builder => UseOnlyStatic(builder, dead)));

        Assert.Contains(dead.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Contains("tcp-test", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retry_filter_decides_how_often_a_client_tries()
    {
        var tries = 0;
        var dead = new IPEndPoint(IPAddress.Loopback, FreePort.At(IPAddress.Loopback));

        await Assert.ThrowsAsync<SiloUnavailableException>(() => _hosts.StartClient(builder =>
        {
            UseOnlyStatic(builder, dead);
            builder.UseConnectionRetryFilter((_, _) => Task.FromResult(++tries < 3));
        }));

        Assert.Equal(3, tries);
    }

    [Fact]
    public async Task A_client_that_loses_all_silos_is_told_and_finds_the_next()
    {
        var lost = 0;
        var one = await _hosts.StartSilo();
        var client = await _hosts.StartClient(builder => builder.AddClusterConnectionLostHandler((_, _) => Interlocked.Increment(ref lost)));
        await _hosts.Kill(one);
        await Eventually.Holds(() => Volatile.Read(ref lost) > 0, "the loss was told");

        var two = await _hosts.StartSilo();

        Assert.Equal(TcpHosts.Address(two), await TcpHosts.Grains(client).GetGrain<IPlaceGrain>(1).Where());
    }

    [Fact]
    public async Task An_observer_in_a_client_answers_grains_on_both_silos()
    {
        await _hosts.StartSilo();
        await _hosts.StartSilo();
        var client = await _hosts.StartClient();
        var observer = new Observer();
        var reference = TcpHosts.Grains(client).CreateObjectReference<IPlaceObserver>(observer);

        for (var key = 0; key < 10; key++)
        {
            await TcpHosts.Grains(client).GetGrain<IPlaceGrain>(key).Subscribe(reference);
            await TcpHosts.Grains(client).GetGrain<IPlaceGrain>(key).Tell($"{key}");
        }

        Assert.Equal(10, observer.Told.Count);
    }

    [Fact]
    public async Task An_observer_in_a_silo_answers_grains_on_the_other()
    {
        var one = await _hosts.StartSilo();
        var two = await _hosts.StartSilo();
        var key = await KeyOn(one, TcpHosts.Address(two));
        var observer = new Observer();

        await TcpHosts.Grains(one).GetGrain<IPlaceGrain>(key).Subscribe(TcpHosts.Grains(one).CreateObjectReference<IPlaceObserver>(observer));
        await TcpHosts.Grains(one).GetGrain<IPlaceGrain>(key).Tell("hello");

        Assert.Equal(["hello"], observer.Told);
    }

    [Fact]
    public async Task A_request_over_the_limit_fails_before_it_is_sent_and_the_connection_lives()
    {
        await _hosts.StartSilo();
        var client = await _hosts.StartClient(builder => builder.Configure<ClientMessagingOptions>(options => options.MaxMessageBodySize = 100_000));
        var grain = TcpHosts.Grains(client).GetGrain<IPlaceGrain>(1);

        var failure = await Assert.ThrowsAsync<PayloadException>(() => grain.Bytes(new byte[200_000]));

        Assert.Contains("100000", failure.Message, StringComparison.Ordinal);
        Assert.Equal(50_000, (await grain.Bytes(new byte[50_000])).Length);
    }

    [Fact]
    public async Task An_answer_over_the_limit_fails_its_call_only()
    {
        await _hosts.StartSilo(silo => silo.Configure<SiloMessagingOptions>(options => options.MaxMessageBodySize = 100_000));
        var client = await _hosts.StartClient();
        var grain = TcpHosts.Grains(client).GetGrain<IPlaceGrain>(1);

        var failure = await Assert.ThrowsAsync<PayloadException>(() => grain.Bytes(new byte[200_000]));

        Assert.Contains("100000", failure.Message, StringComparison.Ordinal);
        Assert.Equal(50_000, (await grain.Bytes(new byte[50_000])).Length);
    }

    [Fact]
    public async Task Random_bytes_on_both_ports_do_not_disturb_a_cluster()
    {
        var one = await _hosts.StartSilo();
        await _hosts.StartSilo();
        var client = await _hosts.StartClient();
        using var stop = new CancellationTokenSource();
        var callers = Callers(client, stop.Token);
        var random = Seeded.Random(5);

        for (var i = 0; i < 100; i++)
        {
            using var attacker = new TcpClient();
            await attacker.ConnectAsync(i % 2 == 0 ? TcpHosts.Address(one).Endpoint : TcpHosts.Gateway(one), TestContext.Current.CancellationToken);
            var bytes = new byte[random.Next(1, 5000)];
            random.NextBytes(bytes);
            try
            {
                await attacker.GetStream().WriteAsync(bytes, TestContext.Current.CancellationToken);
            }
            catch (IOException)
            {
                // Closed already.
            }
        }

        await stop.CancelAsync();
        await callers;
    }

    [Fact]
    public async Task Garbage_behind_a_valid_hello_closes_that_connection_only()
    {
        var one = await _hosts.StartSilo();
        var client = await _hosts.StartClient();
        var random = Seeded.Random(6);
        for (var i = 0; i < 50; i++)
        {
            using var attacker = new TcpClient();
            await attacker.ConnectAsync(TcpHosts.Gateway(one), TestContext.Current.CancellationToken);
            var hello = new Engine.Messaging.Frames.Hello(Engine.Messaging.Frames.PeerRole.Client, "tcp-test", "x", $"attacker{i}", 0);
            var frame = FrameTests.Written(hello.Write);
            byte[] bytes = [.. BitConverter.GetBytes(frame.Length), .. frame];
            for (var more = 0; more < 20; more++)
            {
                var garbage = new byte[random.Next(1, 200)];
                random.NextBytes(garbage);
                garbage[0] = (byte)random.Next(0, 13);
                bytes = [.. bytes, .. BitConverter.GetBytes(garbage.Length), .. garbage];
            }

            try
            {
                await attacker.GetStream().WriteAsync(bytes, TestContext.Current.CancellationToken);
                attacker.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception closed) when (closed is IOException or SocketException)
            {
                // Closed already.
            }
        }

        Assert.Equal(TcpHosts.Address(one), await TcpHosts.Grains(client).GetGrain<IPlaceGrain>(1).Where());
    }

    [Fact]
    public async Task The_owner_of_a_grain_is_known_without_a_call()
    {
        await _hosts.StartSilo();
        await _hosts.StartSilo();
        var client = await _hosts.StartClient();
        await Eventually.Holds(async () => (await Places(client)).Count == 2, "both silos serve");
        var location = client.Services.GetRequiredService<IGrainLocation>();

        for (var key = 0; key < 20; key++)
        {
            var grain = TcpHosts.Grains(client).GetGrain<IPlaceGrain>(key);
            Assert.True(location.TryGetOwner(grain.GetGrainId(), out var owner));
            Assert.Equal(owner, await grain.Where());
        }

        Assert.False(location.TryGetOwner(GrainId.Create("nosuch", "1"), out _));
    }

    private static void UseOnlyStatic(IClientBuilder builder, params IPEndPoint[] endpoints)
    {
        foreach (var source in builder.Services.Where(service => service.ServiceType == typeof(Engine.Client.IGatewaySource)).ToArray())
            builder.Services.Remove(source);
        builder.UseStaticClustering(endpoints);
    }

    private static async Task<HashSet<SiloAddress>> Places(Microsoft.Extensions.Hosting.IHost host) =>
        [.. await Task.WhenAll(Enumerable.Range(0, 40).Select(key => TcpHosts.Grains(host).GetGrain<IPlaceGrain>(key).Where()))];

    private static async Task<SiloAddress?> WhereOrNull(Microsoft.Extensions.Hosting.IHost host, long key)
    {
        try
        {
            return await TcpHosts.Grains(host).GetGrain<IPlaceGrain>(key).Where();
        }
        catch (SiloUnavailableException)
        {
            return null;
        }
    }

    private static async Task<long> KeyOn(Microsoft.Extensions.Hosting.IHost host, SiloAddress silo)
    {
        for (var key = 0; ; key++)
        {
            if ((await TcpHosts.Grains(host).GetGrain<IPlaceGrain>(key).Where()).Equals(silo))
                return key;
        }
    }

    private static Task Callers(Microsoft.Extensions.Hosting.IHost client, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, 10).Select(caller => Task.Run(
            async () =>
            {
                for (var key = caller; !stop.IsCancellationRequested; key++)
                    await TcpHosts.Grains(client).GetGrain<IPlaceGrain>(key % 300).Slow(1);
            },
            CancellationToken.None)));

    private sealed class Observer : IPlaceObserver
    {
        public List<string> Told { get; } = [];

        Task IPlaceObserver.Told(string text)
        {
            Told.Add(text);
            return Task.CompletedTask;
        }
    }
}
