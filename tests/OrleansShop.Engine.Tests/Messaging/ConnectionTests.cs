using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using OrleansShop.Engine.Messaging.Connections;
using OrleansShop.Engine.Messaging.Frames;
using OrleansShop.Engine.Messaging.Transport;
using OrleansShop.Engine.Tests.Membership;
using Xunit;

namespace OrleansShop.Engine.Tests.Messaging;

public sealed class ConnectionTests : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private readonly List<Process> _processes = [];
    private readonly TcpTransport _transport = new(64 * 1024 * 1024);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
    }

    [Fact]
    public async Task Two_silos_know_each_other_after_the_hello()
    {
        var one = await Start(1);
        var two = await Start(2);

        one.LinkTo(two).Connect();

        await Until(() => one.LinkTo(two).Current is not null && two.LinkTo(one).Current is not null);
        Assert.Equal(two.Self.Identity, one.LinkTo(two).Current!.Peer!.Identity);
        Assert.Equal(one.Self.Identity, two.LinkTo(one).Current!.Peer!.Identity);
    }

    [Fact]
    public async Task A_frame_arrives_with_its_kind()
    {
        var one = await Start(1);
        var two = await Start(2);
        one.LinkTo(two).Connect();
        await Until(() => one.LinkTo(two).Current is not null);

        one.LinkTo(two).Current!.SendControl([(byte)FrameKind.ViewNotice, 7, 8]);

        await Until(() => two.Frames.Count == 1);
        Assert.Equal((FrameKind.ViewNotice, "07-08"), two.Frames.Single());
    }

    [Fact]
    public async Task Another_cluster_is_refused_and_its_name_logged()
    {
        var one = await Start(1);
        var other = await Start(2, clusterId: "other");

        await Assert.ThrowsAnyAsync<IOException>(() => other.Connections.OpenGateway(one.Endpoint, TestContext.Current.CancellationToken));

        await Until(() => one.Log.Any(line => line.Contains("cluster 'other'", StringComparison.Ordinal)));
        Assert.Empty(one.Connections.Open);
    }

    [Fact]
    public async Task A_client_is_refused_at_the_port_for_silos()
    {
        var silo = await Start(1);
        var client = await Start(0);

        await Assert.ThrowsAnyAsync<IOException>(() => client.Connections.OpenGateway(silo.Endpoint, TestContext.Current.CancellationToken));

        await Until(() => silo.Log.Any(line => line.Contains("gateway port only", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Random_bytes_close_their_connection_are_logged_once_and_have_no_effect()
    {
        var one = await Start(1);
        var two = await Start(2);
        one.LinkTo(two).Connect();
        await Until(() => one.LinkTo(two).Current is not null);
        var random = Seeded.Random(99);

        for (var i = 0; i < 200; i++)
        {
            using var attacker = new TcpClient();
            await attacker.ConnectAsync(two.Endpoint, TestContext.Current.CancellationToken);
            var bytes = new byte[random.Next(1, 2000)];
            random.NextBytes(bytes);
            if (i % 3 == 0)
                BitConverter.TryWriteBytes(bytes.AsSpan(), random.Next(0, Hello.MaxBytes));
            var stream = attacker.GetStream();
            try
            {
                await stream.WriteAsync(bytes, TestContext.Current.CancellationToken);
                attacker.Client.Shutdown(SocketShutdown.Send);
                while (await stream.ReadAsync(bytes, TestContext.Current.CancellationToken) > 0)
                {
                }
            }
            catch (Exception reset) when (reset is IOException or SocketException)
            {
                // The connection was reset: that is what closing it on unread bytes looks like.
            }
        }

        await Until(() => two.Log.Any(line => line.Contains("Refused a connection", StringComparison.Ordinal)));
        Assert.Single(two.Log, line => line.Contains("Refused a connection", StringComparison.Ordinal));
        Assert.Empty(two.Frames);
        one.LinkTo(two).Current!.SendControl([(byte)FrameKind.ViewNotice, 1]);
        await Until(() => two.Frames.Count == 1);
    }

    [Fact]
    public async Task Who_says_nothing_is_disconnected()
    {
        var silo = await Start(1, openTimeout: TimeSpan.FromMilliseconds(100));
        using var mute = new TcpClient();
        await mute.ConnectAsync(silo.Endpoint, TestContext.Current.CancellationToken);

        var read = mute.GetStream().ReadAsync(new byte[10], TestContext.Current.CancellationToken).AsTask();
        await Until(() => read.IsCompleted);

        Assert.True(read.IsFaulted || await read == 0, "The connection was closed or reset.");
    }

    [Fact]
    public async Task A_silo_that_refuses_twice_is_gone()
    {
        var one = await Start(1);
        var two = await Start(2);
        one.LinkTo(two).Connect();
        await Until(() => one.LinkTo(two).Current is not null);

        await two.DisposeAsync();
        await Until(() => one.LinkTo(two).Current is null);
        one.LinkTo(two).Connect();

        await Until(() => one.GoneSilos.Contains(two.Self.Silo!));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_opened_again()
    {
        var one = await Start(1);
        var two = await Start(2);
        one.LinkTo(two).Connect();
        await Until(() => one.LinkTo(two).Current is not null);
        var first = one.LinkTo(two).Current!;

        first.Close(new IOException("The test breaks it."));
        await first.Ended.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        one.LinkTo(two).Connect();

        await Until(() => one.LinkTo(two).Current is { } second && second != first);
    }

    [Fact]
    public async Task After_the_goodbye_no_request_is_taken()
    {
        var one = await Start(1);
        var two = await Start(2);
        one.LinkTo(two).Connect();
        await Until(() => one.LinkTo(two).Current is not null && two.LinkTo(one).Current is not null);
        var mine = one.LinkTo(two).Current!;
        var theirs = two.LinkTo(one).Current!;

        theirs.SendControl([(byte)FrameKind.Leaving]);

        await theirs.PeerSentLast.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.Equal(SendOutcome.Closed, mine.SendRequest([1], expectsAnswer: true));
        Assert.Equal(0, mine.UnderWay);
    }

    [Fact]
    public async Task A_silo_that_has_said_goodbye_gets_no_new_connection_before_the_old_one_has_ended()
    {
        var one = await Start(1);
        var two = await Start(2);
        one.LinkTo(two).Connect();
        await Until(() => one.LinkTo(two).Current is not null && two.LinkTo(one).Current is not null);
        var theirs = two.LinkTo(one).Current!;
        theirs.SendControl([(byte)FrameKind.Leaving]);
        await theirs.PeerSentLast.WaitAsync(Deadline, TestContext.Current.CancellationToken);

        // Had one been opened, the goodbye on the old one would not be the last thing that it hears.
        one.LinkTo(two).Connect();
        theirs.SendControl([(byte)FrameKind.ViewNotice, 7]);
        await Until(() => one.Frames.Count == 1);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Single(two.Connections.Open);

        theirs.Close();
        await Until(() => !one.Connections.Open.Any());
        one.LinkTo(two).Connect();
        await Until(() => one.LinkTo(two).Current is not null);
    }

    [Fact]
    public async Task Names_are_sent_once_and_numbered_after()
    {
        var one = await Start(1);
        var two = await Start(2);
        one.LinkTo(two).Connect();
        await Until(() => one.LinkTo(two).Current is not null && two.LinkTo(one).Current is not null);
        var mine = one.LinkTo(two).Current!;

        Assert.Equal(1u, mine.NumberOf(IdSpan.Create("owner")));
        Assert.Equal(2u, mine.NumberOf(IdSpan.Create("pet")));
        Assert.Equal(1u, mine.NumberOf(IdSpan.Create("owner")));
        mine.SendControl([(byte)FrameKind.ViewNotice, 0]);

        await Until(() => two.Frames.Count == 1);
        Assert.Equal("pet", two.LinkTo(one).Current!.NameOf(2).ToString());
        Assert.Throws<FrameException>(() => two.LinkTo(one).Current!.NameOf(3));
    }

    private async Task<Process> Start(int number, string clusterId = "test", TimeSpan? openTimeout = null)
    {
        var process = new Process(number, clusterId, _transport, openTimeout ?? TimeSpan.FromSeconds(5));
        _processes.Add(process);
        await process.Listen();
        return process;
    }

    private static async Task Until(Func<bool> condition)
    {
        for (var waited = TimeSpan.Zero; !condition(); waited += TimeSpan.FromMilliseconds(10))
        {
            Assert.True(waited < Deadline, "The condition did not come true in time.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The connections of one process; number 0 is a client.</summary>
    private sealed class Process : IMessageHandler, ILogger<ClusterConnections>, IAsyncDisposable
    {
        private ITransportListener? _listener;

        public Process(int number, string clusterId, IClusterTransport transport, TimeSpan openTimeout)
        {
            Self = number == 0
                ? new LocalPeer(PeerRole.Client, clusterId, "test", "client")
                : new LocalPeer(PeerRole.Silo, clusterId, "test", SiloAddress.New(IPAddress.Loopback, Rows.FreePort(), number).ToParsableString());
            Connections = new(Self, transport, new(100 * 1024 * 1024, openTimeout, TimeSpan.FromMilliseconds(200), RefusedMeansDead: true), NoCodecs.Instance, TimeProvider.System, this);
            Connections.Attach(this, () => 1);
        }

        public LocalPeer Self { get; }

        public ClusterConnections Connections { get; }

        public IPEndPoint Endpoint => Self.Silo!.Endpoint;

        public ConcurrentQueue<(FrameKind, string)> Frames { get; } = new();

        public ConcurrentQueue<string> Log { get; } = new();

        public ConcurrentBag<SiloAddress> GoneSilos { get; } = [];

        public SiloLink LinkTo(Process other) => Connections.LinkTo(other.Self.Silo!, other.Endpoint);

        public async Task Listen()
        {
            if (Self.Silo is not null)
                _listener = await Connections.Listen(Endpoint, isGateway: false, TestContext.Current.CancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            if (_listener is not null)
                await _listener.DisposeAsync();
            await Connections.CloseAll();
        }

        public void Received(Connection connection, FrameKind kind, byte[] buffer, int offset, int length) =>
            Frames.Enqueue((kind, BitConverter.ToString(buffer, offset, length)));

        public void Opened(Connection connection)
        {
        }

        public void Closed(Connection connection)
        {
        }

        public void Gone(SiloAddress silo, string proof) => GoneSilos.Add(silo);

        IDisposable? ILogger.BeginScope<TState>(TState state) => null;

        bool ILogger.IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Log.Enqueue(formatter(state, exception));
    }
}
