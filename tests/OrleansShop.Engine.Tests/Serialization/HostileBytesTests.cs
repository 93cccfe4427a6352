using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansShop.Engine.Serialization;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization;

/// <summary>Whatever the bytes are, the outcome is a value or a <see cref="PayloadException"/>, soon and without much memory.</summary>
public sealed class HostileBytesTests
{
    private const int Seed = 20261121;

    [Fact]
    public void Every_truncation_of_a_payload_is_refused()
    {
        using var services = Serialization.Start();
        var serializer = services.GetRequiredService<Serializer>();
        var bytes = serializer.SerializeToArray(Sample());

        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Assert.Throws<PayloadException>(() => serializer.Deserialize<object[]>(cut));
        }
    }

    [Fact]
    public void Flipped_bits_end_in_a_value_or_a_payload_exception()
    {
        using var services = Serialization.Start();
        var serializer = services.GetRequiredService<Serializer>();
        var bytes = serializer.SerializeToArray(Sample());

        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            var flipped = (byte[])bytes.Clone();
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            ReadWithinBounds<object[]>(serializer, flipped);
        }
    }

    [Fact]
    public void Overwritten_stretches_end_in_a_value_or_a_payload_exception()
    {
        using var services = Serialization.Start();
        var serializer = services.GetRequiredService<Serializer>();
        var bytes = serializer.SerializeToArray(Sample());
        var random = new Random(Seed);

        for (var round = 0; round < 20_000; round++)
        {
            var damaged = (byte[])bytes.Clone();
            for (var place = random.Next(1, 6); place > 0; place--)
            {
                var at = random.Next(damaged.Length);
                random.NextBytes(damaged.AsSpan(at, Math.Min(random.Next(1, 9), damaged.Length - at)));
            }

            ReadWithinBounds<object[]>(serializer, damaged);
        }
    }

    [Fact]
    public void Random_bytes_end_in_a_value_or_a_payload_exception()
    {
        using var services = Serialization.Start();
        var serializer = services.GetRequiredService<Serializer>();
        var random = new Random(Seed);

        for (var round = 0; round < 50_000; round++)
        {
            var bytes = new byte[random.Next(0, 200)];
            random.NextBytes(bytes);

            // Tags make up for most of what is refused early: give them a chance.
            if (bytes.Length > 0) bytes[0] = (byte)((int)(round % 2 == 0 ? WireType.Object : WireType.Value) << 5);
            ReadWithinBounds<Everything>(serializer, bytes);
            ReadWithinBounds<Node>(serializer, bytes);
            ReadWithinBounds<object>(serializer, bytes);
            ReadWithinBounds<Old>(serializer, bytes);
            ReadWithinBounds<Exception>(serializer, bytes);
            ReadWithinBounds<Dictionary<string, List<Visit>>>(serializer, bytes);
            ReadWithinBounds<Guid[,]>(serializer, bytes);
        }
    }

    [Fact]
    public void Spliced_payloads_end_in_a_value_or_a_payload_exception()
    {
        using var services = Serialization.Start();
        var serializer = services.GetRequiredService<Serializer>();
        var first = serializer.SerializeToArray(new Old { Removed = new Node { Next = new Node() }, Kept = new Node(), Last = new List<object> { new Dog(), new Dog() } });
        var second = serializer.SerializeToArray(Sample());
        var random = new Random(Seed);

        for (var round = 0; round < 20_000; round++)
        {
            byte[] spliced = [.. first[..random.Next(first.Length)], .. second[random.Next(second.Length)..], .. first[random.Next(first.Length)..]];
            ReadWithinBounds<New>(serializer, spliced);
            ReadWithinBounds<Old>(serializer, spliced);
        }
    }

    [Fact]
    public void An_announced_length_that_is_not_there_allocates_nothing()
    {
        // An array of 2^31 - 1 strings, a string of 2^40 bytes, a packed list of 2^30 bytes, in an object[].
        RefusedWithin<string[]>([Tag(WireType.Object, 0), Tag(WireType.VarInt, 1), 0xFF, 0xFF, 0xFF, 0xFF, 0x07]);
        RefusedWithin<string>([Tag(WireType.Bytes, 0), 0x80, 0x80, 0x80, 0x80, 0x80, 0x20]);
        RefusedWithin<List<int>>([Tag(WireType.Object, 0), Tag(WireType.Bytes, 3), 0x80, 0x80, 0x80, 0x80, 0x04]);
    }

    [Fact]
    public void Counts_that_each_fit_but_not_together_are_refused()
    {
        // Arrays in arrays, each announcing as many elements as there are bytes left.
        var bytes = new List<byte>();
        for (var i = 0; i < 100; i++) bytes.AddRange([Tag(WireType.Object, i == 0 ? 0u : 1u), Tag(WireType.VarInt, 1), 0xE8, 0x07]);
        bytes.AddRange(new byte[2000]);

        RefusedWithin<object[]>([.. bytes]);
    }

    [Fact]
    public void Nesting_without_end_is_refused_before_the_stack_is_full()
    {
        var nested = new byte[1_000_000];
        Array.Fill(nested, Tag(WireType.Object, 2));
        nested[0] = Tag(WireType.Object, 0);

        RefusedWithin<Node>(nested);
    }

    [Fact]
    public void Nesting_without_end_in_a_member_that_is_skipped_takes_no_stack()
    {
        var nested = new byte[1_000_000];
        Array.Fill(nested, Tag(WireType.Value, 0));
        nested[0] = Tag(WireType.Object, 0);
        nested[1] = Tag(WireType.Value, 30);

        RefusedWithin<Node>(nested);
    }

    [Fact]
    public void References_into_skipped_nests_do_not_multiply_the_work()
    {
        // A skipped tower of objects as deep as the limit, then a reference to each of them, the innermost first.
        const int Depth = 100;
        using var services = Serialization.Start();
        var serializer = services.GetRequiredService<Serializer>();
        var tower = new Node { Name = new string('x', 1000) };
        var all = new List<object> { tower };
        for (var i = 0; i < Depth; i++) all.Add(tower = new Node { Next = tower, Name = new string('x', 1000) });
        var read = serializer.Deserialize<New>(serializer.SerializeToArray(new Old { Removed = tower, Last = all }));

        var list = Assert.IsType<List<object>>(read!.Last);
        Assert.Equal(Depth + 1, list.Count);
        for (var i = 1; i < list.Count; i++) Assert.Same(list[i - 1], ((Node)list[i]).Next);
    }

    [Fact]
    public void A_type_that_nobody_registered_is_not_created()
    {
        using var services = Serialization.Start();
        var serializer = services.GetRequiredService<Serializer>();
        var name = "System.IO.FileInfo"u8;
        byte[] bytes = [0xE1, 0, (byte)name.Length, .. name, Tag(WireType.Object, 0), 0xE0];

        var fault = Assert.Throws<PayloadException>(() => serializer.Deserialize<object>(bytes));
        Assert.Contains("System.IO.FileInfo", fault.Message);
        Assert.NotNull(fault.Position);
    }

    [Fact]
    public void An_object_of_a_class_that_does_not_fit_is_refused()
    {
        using var services = Serialization.Start();
        var serializer = services.GetRequiredService<Serializer>();
        var bytes = serializer.SerializeToArray<object>(new Node());

        Assert.Contains(nameof(Animal), Assert.Throws<PayloadException>(() => serializer.Deserialize<Animal>(bytes)).Message);
    }

    private static object[] Sample() =>
    [
        new Everything
        {
            Colour = Colour.Green, Count = 3, Weight = new Weight(1, "kg"), Visits = new() { ["a"] = [new Visit(1, default, "x")] }, Bytes = [1, 2],
            Any = new GuideDog { Owner = new Node() }, Far = 1, Farther = 2,
        },
        new Old { Removed = new Node { Next = new Node() }, RemovedToo = new Dog(), Numbers = [1, 2] },
        new InvalidOperationException("outer", new ArgumentNullException("name")),
        new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase) { ["k"] = new[,] { { 1, 2 } } },
        new SortedSet<string> { "b" }, System.Collections.Immutable.ImmutableArray.Create(1.5m), new Uri("https://example.org"),
        new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(1)), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Local), typeof(List<Node>),
        GrainId.Create("owner", "7"), SiloAddress.New(System.Net.IPAddress.Loopback, 1, 2), (1, "two", new Node()), System.Numerics.BigInteger.One, 1.25m,
    ];

    private static byte Tag(WireType type, uint idDelta) => (byte)((uint)type << 5 | idDelta);

    private static void RefusedWithin<T>(byte[] bytes)
    {
        using var services = Serialization.Start();
        var serializer = services.GetRequiredService<Serializer>();
        Assert.Throws<PayloadException>(() => serializer.Deserialize<T>([]));

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<PayloadException>(() => serializer.Deserialize<T>(bytes));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 200_000 + 60L * bytes.Length, $"{allocated} bytes were allocated for {bytes.Length} bytes.");
    }

    private static void ReadWithinBounds<T>(Serializer serializer, byte[] bytes)
    {
        try
        {
            serializer.Deserialize<T>(bytes);
        }
        catch (PayloadException fault)
        {
            Assert.NotEmpty(fault.Message);
        }
    }
}
