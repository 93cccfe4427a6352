using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Serialization;
using OrleansShop.Engine.Serialization;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization;

public sealed class GraphTests
{
    [Fact]
    public void Members_of_every_kind_come_back()
    {
        var value = new Everything
        {
            Colour = Colour.Green,
            Count = 7,
            Weight = new Weight(1.5m, "kg"),
            Heavier = new Weight(2, "t"),
            Tuple = (1, "one"),
            Visits = new() { ["Max"] = [new Visit(1, new DateOnly(2026, 1, 2), "rabies shot"), new Visit(2, default, null)] },
            Bytes = [1, 2, 3],
            Fixed = new Immutable<List<int>>([1, 2]),
            Any = Colour.Red,
            Far = 40,
            Farther = long.MinValue,
        };

        Assert.Equivalent(value, Serialization.RoundTrip(value), strict: true);
        Assert.Equivalent(new Everything(), Serialization.RoundTrip(new Everything()), strict: true);
    }

    [Fact]
    public void An_object_in_two_places_is_one_object_again()
    {
        var shared = new Node { Name = "shared" };
        var read = Serialization.RoundTrip(new Node { Next = shared, Any = shared, Children = [shared] })!;

        Assert.Same(read.Next, read.Any);
        Assert.Same(read.Next, read.Children[0]);
    }

    [Fact]
    public void A_cycle_comes_back_as_a_cycle()
    {
        var node = new Node { Name = "ring" };
        node.Next = new Node { Next = node };
        node.Children.Add(node);

        var read = Serialization.RoundTrip(node)!;

        Assert.Same(read, read.Next!.Next);
        Assert.Same(read, read.Children[0]);
    }

    [Fact]
    public void Collections_are_objects_with_an_identity_too()
    {
        var list = new List<int> { 1 };
        var array = new object[2];
        array[0] = array;
        array[1] = list;

        var read = Serialization.RoundTrip(new object[] { list, array, list })!;

        Assert.Same(read[0], read[2]);
        var inner = Assert.IsType<object[]>(read[1]);
        Assert.Same(inner, inner[0]);
        Assert.Same(read[0], inner[1]);
    }

    [Fact]
    public void More_objects_than_the_writer_scans_keep_their_identity()
    {
        var nodes = Enumerable.Range(0, 500).Select(each => new Node { Name = $"{each}" }).ToList();
        var read = Serialization.RoundTrip<List<Node>>([.. nodes, .. nodes])!;

        for (var i = 0; i < nodes.Count; i++)
        {
            Assert.Equal(nodes[i].Name, read[i].Name);
            Assert.Same(read[i], read[i + nodes.Count]);
        }
    }

    [Fact]
    public void An_untracked_object_is_written_wherever_it_stands()
    {
        var one = new Untracked { Value = 3 };
        var read = Serialization.RoundTrip(new Pair<Untracked, Untracked> { First = one, Second = one })!;

        Assert.NotSame(read.First, read.Second);
        Assert.Equal(3, read.Second.Value);
    }

    [Fact]
    public void An_object_keeps_its_class_where_a_base_class_is_declared()
    {
        var read = Serialization.RoundTrip(new Kennel
        {
            First = new Dog { Name = "Rex", Legs = 4, Breed = "collie" },
            Second = new GuideDog { Name = "Ada", Legs = 3, Breed = "lab", Owner = new Node { Name = "Eve" } },
            All = [new Dog { Name = "Ben" }, new GuideDog { Name = "Kim" }],
        })!;

        Assert.Equal(("Rex", 4, "collie"), Assert.IsType<Dog>(read.First) is var dog ? (dog.Name, dog.Legs, dog.Breed) : default);
        var guide = Assert.IsType<GuideDog>(read.Second);
        Assert.Equal(("Ada", 3, "lab", "Eve"), (guide.Name, guide.Legs, guide.Breed, guide.Owner!.Name));
        Assert.Equal([typeof(Dog), typeof(GuideDog)], read.All.Select(each => each.GetType()));
    }

    [Fact]
    public void A_type_is_named_once_in_a_payload()
    {
        using var services = Serialization.Start();
        var serializer = services.GetRequiredService<Serializer>();
        var two = serializer.SerializeToArray<List<Animal>>([new Dog(), new Dog()]);
        var three = serializer.SerializeToArray<List<Animal>>([new Dog(), new Dog(), new Dog()]);

        Assert.True(three.Length - two.Length < typeof(Dog).FullName!.Length);
    }

    [Fact]
    public void An_alias_stands_for_the_type_in_payloads()
    {
        using var services = Serialization.Start();
        var bytes = services.GetRequiredService<Serializer>().SerializeToArray<object>(new GuideDog());

        Assert.True(bytes.AsSpan().IndexOf("guide-dog"u8) > 0);
        Assert.True(bytes.AsSpan().IndexOf("GuideDog"u8) < 0);
    }

    [Fact]
    public void Generic_types_come_back_where_any_object_can_stand()
    {
        var read = Serialization.RoundTrip<object>(new Pair<int, Pair<string, Weight?>> { First = 1, Second = new() { First = "a", Second = new Weight(1, "g") } });

        var pair = Assert.IsType<Pair<int, Pair<string, Weight?>>>(read);
        Assert.Equal((1, "a", new Weight(1, "g")), (pair.First, pair.Second.First, pair.Second.Second!.Value));
    }

    [Fact]
    public void A_bare_object_keeps_its_identity()
    {
        var token = new object();
        var read = Serialization.RoundTrip(new[] { token, token })!;

        Assert.Same(read[0], read[1]);
    }

    [Fact]
    public void A_chain_deeper_than_the_limit_is_refused_when_it_is_written_and_when_it_is_copied()
    {
        var chain = new Node();
        for (var i = 0; i < 300; i++) chain = new Node { Next = chain };

        Assert.Contains("128", Assert.Throws<PayloadException>(() => Serialization.RoundTrip(chain)).Message);
        Assert.Contains("128", Assert.Throws<PayloadException>(() => Serialization.Copy(chain)).Message);
    }

    [Fact]
    public void A_type_without_a_codec_is_named_in_the_message() =>
        Assert.Contains(nameof(GraphTests), Assert.Throws<PayloadException>(() => Serialization.RoundTrip<object>(new GraphTests())).Message);

    [Fact]
    public void Codecs_are_found_from_many_threads_at_once()
    {
        using var services = Serialization.Start();
        var serializer = services.GetRequiredService<Serializer>();

        Parallel.For(0, 64, each =>
        {
            var read = serializer.Deserialize<Node>(serializer.SerializeToArray(new Node { Name = $"{each}", Any = new Pair<Node, Visit> { First = new Node() } }));
            Assert.Equal($"{each}", read!.Name);
        });
    }
}
