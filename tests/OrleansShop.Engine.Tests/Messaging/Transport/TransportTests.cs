using System.Collections.Concurrent;
using System.Net;
using OrleansShop.Engine.Messaging.Transport;
using Xunit;

namespace OrleansShop.Engine.Tests.Messaging.Transport;

/// <summary>What every transport has to do, on each of them.</summary>
public sealed class TransportTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Transports => ["tcp", "memory"];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Frames_of_many_senders_arrive_whole_and_each_senders_in_order(string kind)
    {
        var pair = await Pair.Open(Transport(kind));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                var frame = new byte[5 + (i % 100)];
                frame[0] = (byte)sender;
                BitConverter.TryWriteBytes(frame.AsSpan(1), i);
                Assert.Equal(SendOutcome.Taken, pair.Near.Channel.Send(frame, i % 2 == 0 ? SendUrgency.Now : SendUrgency.Batch, isLimited: true));
            }
        })));

        await pair.Far.Until(() => pair.Far.Frames.Count == 20_000);
        foreach (var sender in pair.Far.Frames.GroupBy(frame => frame[0]))
            Assert.Equal(Enumerable.Range(0, 5_000), sender.Select(frame => BitConverter.ToInt32(frame, 1)));
        Assert.All(pair.Far.Frames, frame => Assert.Equal(5 + (BitConverter.ToInt32(frame, 1) % 100), frame.Length));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Closing_lets_what_was_sent_arrive_and_ends_both_sides(string kind)
    {
        var pair = await Pair.Open(Transport(kind));
        for (var i = 0; i < 1000; i++)
            pair.Near.Channel.Send(new byte[1000], SendUrgency.Batch, isLimited: true);

        pair.Near.Channel.Close(null);

        await pair.Far.Ended.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        await pair.Near.Ended.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.Equal(1000, pair.Far.Frames.Count);
        Assert.Equal(SendOutcome.Closed, pair.Near.Channel.Send(new byte[1], SendUrgency.Now, isLimited: true));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_receiver_that_throws_loses_its_connection_and_nothing_else(string kind)
    {
        var pair = await Pair.Open(Transport(kind));
        pair.Far.ThrowAt = 2;

        for (var i = 0; i < 5; i++)
            pair.Near.Channel.Send([1], SendUrgency.Now, isLimited: true);

        var cause = await pair.Far.Ended.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.IsType<InvalidOperationException>(cause);
        Assert.Single(pair.Far.Frames);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Where_nothing_listens_the_connection_is_refused(string kind)
    {
        var transport = Transport(kind);
        var listener = await transport.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0), _ => { }, TestContext.Current.CancellationToken);
        await listener.DisposeAsync();

        await Assert.ThrowsAsync<ConnectionRefusedException>(async () => await transport.ConnectAsync(listener.Endpoint, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Two_listeners_at_one_endpoint_are_refused_with_its_name(string kind)
    {
        var transport = Transport(kind);
        await using var listener = await transport.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0), _ => { }, TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<IOException>(async () => await transport.ListenAsync(listener.Endpoint, _ => { }, TestContext.Current.CancellationToken));

        Assert.Contains(listener.Endpoint.ToString(), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_does_not_read_fills_the_limit_and_then_requests_are_not_taken()
    {
        var transport = new TcpTransport(maxPendingBytes: 100_000);
        IFrameChannel? far = null;
        await using var listener = await transport.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0), accepted => far = accepted, TestContext.Current.CancellationToken);
        var near = await transport.ConnectAsync(listener.Endpoint, TestContext.Current.CancellationToken);

        // The far end is never started, so nothing is read; the system's own buffers fill first.
        var outcome = SendOutcome.Taken;
        for (var i = 0; i < 10_000 && outcome == SendOutcome.Taken; i++)
            outcome = near.Send(new byte[10_000], SendUrgency.Now, isLimited: true);

        Assert.Equal(SendOutcome.Full, outcome);
        near.Close(new IOException("The test is over."));
        far?.Close(new IOException("The test is over."));
    }

    private static IClusterTransport Transport(string kind) => kind == "tcp" ? new TcpTransport(64 * 1024 * 1024) : new MemoryNetwork();

    private sealed record Pair(End Near, End Far)
    {
        public static async Task<Pair> Open(IClusterTransport transport)
        {
            var accepted = new TaskCompletionSource<IFrameChannel>();
            var listener = await transport.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0), channel => accepted.TrySetResult(channel), TestContext.Current.CancellationToken);
            var near = new End(await transport.ConnectAsync(listener.Endpoint, TestContext.Current.CancellationToken));
            var far = new End(await accepted.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken));
            await listener.DisposeAsync();
            return new(near, far);
        }
    }

    private sealed class End : IFrameReceiver
    {
        public End(IFrameChannel channel)
        {
            Channel = channel;
            channel.Start(this);
        }

        public IFrameChannel Channel { get; }

        public ConcurrentQueue<byte[]> Frames { get; } = new();

        public TaskCompletionSource<Exception?> Ended { get; } = new();

        public int ThrowAt { get; set; } = -1;

        public int MaxFrameBytes => 1_000_000;

        public void Received(byte[] buffer, int offset, int length)
        {
            if (Frames.Count + 1 == ThrowAt)
                throw new InvalidOperationException("The test says so.");
            Frames.Enqueue(buffer.AsSpan(offset, length).ToArray());
        }

        public void Closed(Exception? cause) => Ended.TrySetResult(cause);

        public async Task Until(Func<bool> condition)
        {
            for (var waited = TimeSpan.Zero; !condition(); waited += TimeSpan.FromMilliseconds(10))
            {
                Assert.True(waited < Deadline, $"{Frames.Count} frames arrived in time.");
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }
    }
}
