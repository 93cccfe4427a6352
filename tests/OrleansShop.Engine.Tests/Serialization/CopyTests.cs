using System.Collections.Immutable;
using Orleans.Concurrency;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization;

public sealed class CopyTests
{
    [Fact]
    public void A_copy_shares_nothing_that_can_change()
    {
        var node = new Node { Name = "a", Next = new Node { Name = "b" }, Children = [new Node()], Any = new List<int> { 1 } };
        var copy = Serialization.Copy(node);

        Assert.Equivalent(node, copy, strict: true);
        Assert.NotSame(node.Next, copy.Next);
        Assert.NotSame(node.Children, copy.Children);
        Assert.NotSame(node.Children[0], copy.Children[0]);
        Assert.NotSame(node.Any, copy.Any);
    }

    [Fact]
    public void A_copy_has_the_shape_of_the_original()
    {
        var node = new Node();
        node.Next = node;
        node.Any = node.Children;
        var copy = Serialization.Copy(node);

        Assert.Same(copy, copy.Next);
        Assert.Same(copy.Children, copy.Any);
    }

    [Fact]
    public void What_never_changes_is_shared()
    {
        var frozen = new Frozen { Values = [1] };
        var immutable = ImmutableList.Create("a");
        var list = new List<int> { 1 };

        Assert.Same(frozen, Serialization.Copy(frozen));
        Assert.Same(immutable, Serialization.Copy(immutable));
        Assert.Same(list, Serialization.Copy(new Immutable<List<int>>(list)).Value);
        Assert.Same(frozen, Serialization.Copy(new List<Frozen> { frozen })[0]);
    }

    [Fact]
    public void An_immutable_collection_of_what_can_change_is_copied()
    {
        var list = ImmutableList.Create(new Node());

        Assert.NotSame(list[0], Serialization.Copy(list)[0]);
    }

    [Fact]
    public void A_copy_where_a_base_class_is_declared_has_the_original_class()
    {
        var guide = new GuideDog { Name = "Ada", Breed = "lab", Owner = new Node() };
        var copy = Assert.IsType<GuideDog>(Serialization.Copy<Animal>(guide));

        Assert.Equivalent(guide, copy, strict: true);
        Assert.NotSame(guide.Owner, copy.Owner);
    }

    [Fact]
    public void Bytes_are_copied_because_anyone_can_write_to_an_array()
    {
        var bytes = new byte[] { 1 };

        Assert.NotSame(bytes, Serialization.Copy(bytes));
        var memory = Serialization.Copy(new ReadOnlyMemory<byte>(bytes));
        bytes[0] = 9;
        Assert.Equal(1, memory.Span[0]);
    }
}
