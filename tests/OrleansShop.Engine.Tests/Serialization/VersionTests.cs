using OrleansShop.Engine.Serialization;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization;

[GenerateSerializer]
public sealed class Old
{
    [Id(0)] public int Number { get; set; }

    [Id(1)] public Node? Removed { get; set; }

    [Id(2)] public string? Text { get; set; }

    [Id(3)] public Animal? RemovedToo { get; set; }

    [Id(4)] public Node? Kept { get; set; }

    [Id(5)] public object? Last { get; set; }

    [Id(6)] public List<int>? Numbers { get; set; }
}

[GenerateSerializer]
public sealed class New
{
    [Id(6)] public List<long>? Numbers { get; set; }

    [Id(5)] public object? Last { get; set; }

    [Id(4)] public Node? Kept { get; set; }

    [Id(2)] public string? Text { get; set; }

    [Id(0)] public long Number { get; set; }

    [Id(10)] public string Added { get; set; } = "as constructed";
}

[GenerateSerializer]
public sealed class Narrow
{
    [Id(0)] public byte Value { get; set; }
}

[GenerateSerializer]
public sealed class Wide
{
    [Id(0)] public ulong Value { get; set; }
}

[GenerateSerializer]
public sealed class WithoutBase
{
    [Id(0)] public string Breed { get; set; } = "";
}

public sealed class VersionTests
{
    [Fact]
    public void Members_can_be_added_removed_reordered_and_widened()
    {
        var read = Serialization.Reread<Old, New>(new Old
        {
            Number = -5,
            Removed = new Node { Children = [new Node { Any = new Dog() }] },
            Text = "kept",
            RemovedToo = new GuideDog(),
            Numbers = [1, -2],
        })!;

        Assert.Equal((-5L, "kept", "as constructed"), (read.Number, read.Text, read.Added));
        Assert.Equal([1L, -2L], read.Numbers!);
    }

    [Fact]
    public void An_older_version_reads_what_a_newer_one_wrote()
    {
        var read = Serialization.Reread<New, Old>(new New { Number = 5, Text = "kept", Numbers = [3] })!;

        Assert.Equal((5, "kept", 3), (read.Number, read.Text, read.Numbers![0]));
    }

    [Fact]
    public void A_reference_to_an_object_in_a_removed_member_finds_it()
    {
        var shared = new Node { Name = "shared", Next = new Node { Name = "next" } };
        var read = Serialization.Reread<Old, New>(new Old { Removed = shared, Kept = shared, Last = shared.Next })!;

        Assert.Equal(("shared", "next"), (read.Kept!.Name, read.Kept.Next!.Name));
        Assert.Same(read.Kept.Next, read.Last);
    }

    [Fact]
    public void The_inner_object_can_be_asked_for_before_the_outer_one()
    {
        var inner = new Node { Name = "inner" };
        var outer = new Node { Name = "outer", Next = inner, Children = [new Node { Name = "after" }] };
        inner.Any = outer;
        var read = Serialization.Reread<Old, New>(new Old { Removed = outer, Kept = inner, Last = outer.Children[0] })!;

        var readOuter = Assert.IsType<Node>(read.Kept!.Any);
        Assert.Same(read.Kept, readOuter.Next);
        Assert.Same(readOuter.Children[0], read.Last);
        Assert.Equal(("inner", "outer", "after"), (read.Kept.Name, readOuter.Name, readOuter.Children[0].Name));
    }

    [Fact]
    public void A_derived_object_in_a_removed_member_keeps_its_class_and_types_named_there_keep_their_numbers()
    {
        var guide = new GuideDog { Breed = "lab", Owner = new Node { Any = new Dog { Breed = "inside" } } };
        var read = Serialization.Reread<Old, New>(new Old { RemovedToo = guide, Last = new List<object> { guide, new Dog { Breed = "outside" } } })!;

        var list = Assert.IsType<List<object>>(read.Last);
        var readGuide = Assert.IsType<GuideDog>(list[0]);
        Assert.Equal("inside", Assert.IsType<Dog>(readGuide.Owner!.Any).Breed);
        Assert.Equal("outside", Assert.IsType<Dog>(list[1]).Breed);
    }

    [Fact]
    public void An_object_declared_as_its_own_class_in_a_removed_member_is_found_through_a_member_of_any_type()
    {
        var node = new Node { Name = "by object" };
        var read = Serialization.Reread<Old, New>(new Old { Removed = node, Last = node })!;

        Assert.Equal("by object", Assert.IsType<Node>(read.Last).Name);
    }

    [Fact]
    public void A_class_can_be_given_a_base_and_lose_it()
    {
        Assert.Equal("lab", Serialization.Reread<Dog, WithoutBase>(new Dog { Breed = "lab", Name = "x" })!.Breed);
        Assert.Equal("lab", Serialization.Reread<WithoutBase, Dog>(new WithoutBase { Breed = "lab" })!.Breed);
    }

    [Fact]
    public void Integers_of_one_signedness_read_as_each_other_while_the_value_fits()
    {
        Assert.Equal(200UL, Serialization.Reread<Narrow, Wide>(new Narrow { Value = 200 })!.Value);
        Assert.Equal(200, Serialization.Reread<Wide, Narrow>(new Wide { Value = 200 })!.Value);
        Assert.Contains("256", Assert.Throws<PayloadException>(() => Serialization.Reread<Wide, Narrow>(new Wide { Value = 256 })).Message);
    }
}
