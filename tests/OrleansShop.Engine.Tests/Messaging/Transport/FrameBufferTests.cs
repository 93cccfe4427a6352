using System.Buffers.Binary;
using OrleansShop.Engine.Messaging.Transport;
using Xunit;

namespace OrleansShop.Engine.Tests.Messaging.Transport;

public sealed class FrameBufferTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    [InlineData(1_000_000)]
    public void Frames_come_out_whole_however_their_bytes_arrive(int chunk)
    {
        var random = Seeded.Random(chunk);
        var frames = Enumerable.Range(0, 200).Select(i => Bytes(random, i % 50 == 0 ? 100_000 : random.Next(1, 300))).ToList();
        var stream = frames.SelectMany(Framed).ToArray();
        var collector = new Collector(1_000_000);
        var buffer = new FrameBuffer();

        for (var sent = 0; sent < stream.Length;)
        {
            var free = buffer.Free;
            Assert.False(free.IsEmpty);
            var count = Math.Min(Math.Min(free.Length, chunk), stream.Length - sent);
            stream.AsSpan(sent, count).CopyTo(free.Span);
            sent += count;
            buffer.Deliver(count, collector);
        }

        Assert.Equal(frames.Count, collector.Frames.Count);
        for (var i = 0; i < frames.Count; i++)
            Assert.Equal(frames[i], collector.Frames[i]);
    }

    [Fact]
    public void A_frame_longer_than_the_limit_is_refused_before_it_is_read()
    {
        var buffer = new FrameBuffer();
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.Free.Span, 101);

        Assert.Throws<FrameTooLongException>(() => buffer.Deliver(4, new Collector(100)));
    }

    [Fact]
    public void An_announced_length_is_not_believed_before_its_bytes_come()
    {
        var buffer = new FrameBuffer();
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.Free.Span, 500_000_000);

        buffer.Deliver(4, new Collector(1_000_000_000));

        Assert.InRange(buffer.Free.Length, 1, 100_000);
    }

    private static byte[] Framed(byte[] frame)
    {
        var framed = new byte[frame.Length + 4];
        BinaryPrimitives.WriteInt32LittleEndian(framed, frame.Length);
        frame.CopyTo(framed, 4);
        return framed;
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private sealed class Collector(int maxFrameBytes) : IFrameReceiver
    {
        public List<byte[]> Frames { get; } = [];

        public int MaxFrameBytes => maxFrameBytes;

        public void Received(byte[] buffer, int offset, int length) => Frames.Add(buffer.AsSpan(offset, length).ToArray());

        public void Closed(Exception? cause) => Assert.Fail("Nothing closes here.");
    }
}
