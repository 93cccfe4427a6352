using OrleansShop.Engine.Messaging.Frames;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Serialization;
using OrleansShop.Engine.Tests.Membership;
using Xunit;

namespace OrleansShop.Engine.Tests.Messaging;

public sealed class FrameTests
{
    [Fact]
    public void A_hello_is_read_as_it_was_written()
    {
        var hello = new Hello(PeerRole.Silo, "cluster", "service", Rows.Silo(1).ToParsableString(), 42);

        Assert.Equal(hello, Hello.Read(Written(hello.Write)));
    }

    [Fact]
    public void A_hello_with_any_byte_changed_is_refused_or_says_something_else()
    {
        var hello = new Hello(PeerRole.Silo, "cluster", "service", Rows.Silo(1).ToParsableString(), 42);
        var bytes = Written(hello.Write);
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 0x55;
            try
            {
                Assert.NotEqual(hello, Hello.Read(changed));
            }
            catch (FrameException)
            {
                // Refused, as it should be.
            }
        }
    }

    [Fact]
    public void Random_frames_are_refused_with_the_one_exception_that_closes_a_connection()
    {
        var random = Seeded.Random(4711);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(0, 200)];
            random.NextBytes(bytes);
            Assert.Throws<FrameException>(() => Hello.Read(bytes));
            try
            {
                var reader = new FrameReader(bytes);
                ViewFrame.ReadView(ref reader);
                reader = new FrameReader(bytes);
                ViewFrame.ReadAcknowledge(ref reader);
            }
            catch (FrameException)
            {
                // Refused, as most are.
            }
        }
    }

    [Fact]
    public void A_view_is_read_as_it_was_written()
    {
        var view = Rows.View(7, Rows.Row(1, hosts: ["owner", "pet"]), Rows.Row(2, SiloStatus.ShuttingDown));

        var reader = new FrameReader(Written(writer => ViewFrame.WriteView(writer, view)).AsSpan(1));
        var read = ViewFrame.ReadView(ref reader);

        Assert.Equal(view.ToString(), read.ToString());
        Assert.Equal(view.Find(Rows.Silo(1))!.Hosts.Select(grain => (grain.GrainType, grain.ClassName, grain.Interfaces[0])),
            read.Find(Rows.Silo(1))!.Hosts.Select(grain => (grain.GrainType, grain.ClassName, grain.Interfaces[0])));
        Assert.Equal(0, reader.Left);
    }

    [Fact]
    public void An_acknowledgement_is_read_as_it_was_written()
    {
        foreach (var draining in new[] { PartitionSet.Empty, PartitionSet.All, PartitionSet.Of([0, 63, 64, 1023]) })
        {
            var reader = new FrameReader(Written(writer => ViewFrame.WriteAcknowledge(writer, 9, draining)).AsSpan(1));

            Assert.Equal((9L, draining), ViewFrame.ReadAcknowledge(ref reader));
        }
    }

    internal static byte[] Written(Action<PayloadWriter> write)
    {
        using var writer = PayloadWriter.Rent(NoCodecs.Instance);
        write(writer);
        return writer.ToArray();
    }
}
