using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization.Generated;

/// <summary>Generated codecs, run: what goes through bytes or a copy comes back equal and shares nothing mutable.</summary>
public sealed class GeneratedCodecTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Properties_fields_and_collections_are_kept_and_other_members_are_not() => Check(
        new Plain { Number = -7, Text = "seven", Texts = ["a", null, ""], Children = new() { [Guid.Empty] = new Plain { Number = 1 } }, NotWritten = 5 },
        (before, after) =>
        {
            Assert.Equal(before.Number, after.Number);
            Assert.Equal(before.Text, after.Text);
            Assert.Equal(before.Texts, after.Texts);
            Assert.NotSame(before.Texts, after.Texts);
            Assert.Equal(1, after.Children![Guid.Empty]!.Number);
            Assert.Equal(0, after.NotWritten);
        });

    [Fact]
    public void Null_members_stay_null() => Check(new Plain(), (_, after) =>
    {
        Assert.Null(after.Text);
        Assert.Null(after.Texts);
        Assert.Null(after.Children);
    });

    [Fact]
    public void Private_members_are_kept() => Check(
        new Hidden(21, 1, 2, 3).Named("x", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2))),
        (before, after) =>
        {
            Assert.Equal((21, 42, "x"), (after.Secret, after.Twice, after.Name));
            Assert.Equal(before.ReadAt(), after.ReadAt());
            Assert.Equal([1, 2, 3], after.Numbers);
            Assert.NotSame(before.Numbers, after.Numbers);
        });

    [Fact]
    public void A_class_with_required_members_is_made_by_its_constructor() => Check(
        new WithRequired { Name = "n", Count = null },
        (_, after) => Assert.Equal(("n", null, 1), (after.Name, after.Count, after.Made)));

    [Fact]
    public void A_constructor_that_sets_required_members_is_called() => Check(
        new SetsRequired { Name = "set" }, (_, after) => Assert.Equal("set", after.Name));

    [Fact]
    public void A_class_without_a_parameterless_constructor_is_made_without_one() => Check(
        new NoParameterlessConstructor(9), (_, after) => Assert.Equal(9, after.Number));

    [Fact]
    public void Parameters_are_kept_wherever_the_compiler_keeps_them() => Check(
        new ByParameters(1, "two", [3]) { Extra = 4 },
        (before, after) =>
        {
            Assert.Equal((1, "two", 4), (after.Captured(), after.Kept, after.Extra));
            Assert.Equal([3], after.Stored);
            Assert.NotSame(before.Stored, after.Stored);
        });

    [Fact]
    public void Public_properties_are_kept_where_the_type_asks_for_them() => Check(
        new ByProperties { Name = "n", Count = 2, Explicit = 3, Ignored = 4 },
        (_, after) => Assert.Equal(("n", 2, 3L, 0), (after.Name, after.Count, after.Explicit, after.Ignored)));

    [Fact]
    public void A_property_with_code_is_set_by_its_accessor() => Check(ComputedProperty.Of(4), (_, after) => Assert.Equal(4, after.Half));

    [Fact]
    public void Names_that_are_keywords_are_names() => Check(
        new @class { @event = 1, @string = "s" }, (_, after) => Assert.Equal((1, "s"), (after.@event, after.@string)));

    [Fact]
    public void Generic_types_are_kept() => Check(
        new Outer<int>.Middle.Inner<Box<string>> { First = 1, Second = new Box<string> { Value = "v", Initialised = "i" } },
        (_, after) => Assert.Equal((1, "v", "i"), (after.First, after.Second!.Value, after.Second.Initialised)));

    [Fact]
    public void Constrained_generic_types_are_kept() => Check(
        Constrained<string, Plain>.Of("key"), (_, after) => Assert.Equal(0, after.Map["key"]!.Number));

    [Fact]
    public void A_type_in_parts_is_one_type() => Check(
        new InParts { First = 1, Second = 2 }, (_, after) => Assert.Equal((1, 2), (after.First, after.Second)));

    [Fact]
    public void A_derived_object_keeps_its_type_and_all_levels_where_its_base_is_declared() => Check<Animal>(
        new Puppy { Name = "p", Legs = 4, Barks = true, Mother = new Dog { Name = "m" }, Siblings = [new Puppy { Name = "s" }] },
        (_, after) =>
        {
            var puppy = Assert.IsType<Puppy>(after);
            Assert.Equal(("p", 4, true, "m"), (puppy.Name, puppy.Legs, puppy.Barks, puppy.Mother!.Name));
            Assert.Equal("s", Assert.IsType<Puppy>(Assert.Single(puppy.Siblings)).Name);
        });

    [Fact]
    public void Members_of_interface_and_object_type_keep_their_values_types() => Check(
        new Cat { Name = "c", Legs = 3, Hunts = new Dog { Name = "d" }, Anything = new Money(1.5m, "EUR") },
        (_, after) =>
        {
            Assert.Equal(("c", 3), (after.Name, after.Legs));
            Assert.IsType<Dog>(after.Hunts);
            Assert.Equal(new Money(1.5m, "EUR"), after.Anything);
        });

    [Fact]
    public void A_closed_generic_base_is_kept() => Check(
        new ClosedDerived { Value = [1, 2], Own = "o" },
        (_, after) =>
        {
            Assert.Equal([1, 2], after.Value);
            Assert.Equal("o", after.Own);
        });

    [Fact]
    public void An_exception_keeps_its_own_members_too() => Check<Exception>(
        new OrderFailedException("broken", 17, new TimeoutException("late")),
        (_, after) =>
        {
            var failed = Assert.IsType<OrderFailedException>(after);
            Assert.Equal((17, "broken"), (failed.Order, failed.Message));
            Assert.Equal("late", Assert.IsType<TimeoutException>(failed.InnerException).Message);
        });

    [Fact]
    public void Cycles_and_shared_objects_keep_their_shape()
    {
        var node = new Node();
        node.Next = new Node { Next = node };
        node.Others = [node, node.Next, node.Next];

        Check(node, (_, after) =>
        {
            Assert.Same(after, after.Next!.Next);
            Assert.Same(after, after.Others[0]);
            Assert.Same(after.Next, after.Others[1]);
            Assert.Same(after.Next, after.Others[2]);
        });
    }

    [Fact]
    public void A_type_without_tracking_is_written_each_time()
    {
        var shared = new Untracked { Number = 3 };
        var after = RoundTrip(new Pair { Left = shared, Right = shared });

        Assert.NotSame(after.Left, after.Right);
        Assert.Equal(3, Assert.IsType<Untracked>(after.Right).Number);
    }

    [Fact]
    public void Records_are_kept_by_position_and_by_id()
    {
        Check(new Positional(1, null, [2]), (before, after) => Assert.Equal((1, null, 2), (after.Number, after.Text, Assert.Single(after.Numbers))));
        Check(new PositionalAndMore(1) { Text = "t", Hidden = 2 }, Assert.Equal);
        Check<Shape>(new Ring("r", 2.5, 1.5), Assert.Equal);
        Check(new Circle("c", 1), Assert.Equal);
        Check(new NominalRecord { Number = 4 }, Assert.Equal);
        Check(new GenericRecord<Money>(new(1, "A"), [new(2, "B")]), (before, after) => Assert.Equal((before.Value, before.Values[0]), (after.Value, after.Values[0])));
        Check(new Aliased(5), Assert.Equal);
    }

    [Fact]
    public void Structs_are_kept()
    {
        Check(new Money(12.34m, "CHF"), Assert.Equal);
        Check(new Mutable(1, [2]), (before, after) =>
        {
            Assert.Equal(before.Numbers, after.Numbers);
            Assert.NotSame(before.Numbers, after.Numbers);
        });
        Check(new ReadOnlyStruct(1, [2, 3]), (before, after) =>
        {
            Assert.Equal(1, after.Number);
            Assert.Equal([2, 3], after.Numbers);
            Assert.NotSame(before.Numbers, after.Numbers);
        });
        Check(new MutableStruct { Number = 1, Text = "t", Price = new(2, "X") }, (before, after) =>
            Assert.Equal((1, "t", new Money(2, "X")), (after.Number, after.Text, after.Price!.Value)));
        Check(new CapturingStruct(8), (_, after) => Assert.Equal(8, after.Seed));
        Check<Money?>(null, (_, after) => Assert.Null(after));
    }

    [Fact]
    public void Enums_of_every_width_are_kept() => Check(
        new Enums(Tiny.Most, Huge.Most, Negative.Least, null, new() { [Tiny.None] = DayOfWeek.Friday }),
        (before, after) =>
        {
            Assert.Equal(before.Map, after.Map);
            Assert.Equal((Tiny.Most, Huge.Most, Negative.Least, null), (after.Tiny, after.Huge, after.Negative, after.Perhaps));
        });

    [Fact]
    public void Primitives_are_kept_at_their_limits()
    {
        Check(
            new Primitives(
                true, '\uffff', sbyte.MinValue, byte.MaxValue, short.MinValue, ushort.MaxValue, int.MinValue, uint.MaxValue, long.MinValue, ulong.MaxValue,
                float.Epsilon, double.NegativeInfinity, decimal.MinValue, "\u00e9\ud83d\ude00", new Guid("00112233-4455-6677-8899-aabbccddeeff"),
                DateTime.MaxValue, DateTimeOffset.MaxValue, TimeSpan.MinValue, DateOnly.MaxValue, TimeOnly.MaxValue, null, (1, null), new Uri("http://x/y")),
            Assert.Equal);
        Check(
            new Primitives(
                false, '\0', sbyte.MaxValue, 0, short.MaxValue, 0, int.MaxValue, 0, long.MaxValue, 0, float.NaN, double.Epsilon, decimal.MaxValue, "",
                Guid.Empty, DateTime.UnixEpoch, DateTimeOffset.MinValue, TimeSpan.MaxValue, DateOnly.MinValue, TimeOnly.MinValue, int.MinValue, (0, ""), new Uri("a/b", UriKind.Relative)),
            Assert.Equal);
    }

    [Fact]
    public void What_is_immutable_is_shared_by_a_copy()
    {
        var frozen = new Frozen([1]);
        Assert.Same(frozen, Copy(frozen));

        var member = new WithImmutableMember { Shared = [1], Copied = [2], Strings = ["s"] };
        var copy = Copy(member);
        Assert.Same(member.Shared, copy.Shared);
        Assert.NotSame(member.Copied, copy.Copied);
        Assert.Equal(member.Copied, copy.Copied);
        Assert.Equal(member.Strings, copy.Strings);
        Check(frozen, (_, after) => Assert.Equal([1], after.Numbers));
    }

    [Fact]
    public void A_converter_serves_a_type_without_a_serializer() => Check(
        new HoldsForeign(new Foreign(1), [new Foreign(2), null]),
        (_, after) => Assert.Equal((1, 2, null), (after.Foreign.Number, after.More[0]!.Number, after.More[1])));

    private void Check<T>(T before, Action<T, T> check)
    {
        check(before, RoundTrip(before));
        check(before, Copy(before));
    }

    private T RoundTrip<T>(T value)
    {
        var serializer = _services.GetRequiredService<Serializer>();
        return serializer.Deserialize<T>(serializer.SerializeToArray(value))!;
    }

    private T Copy<T>(T value) => _services.GetRequiredService<DeepCopier>().Copy(value)!;
}
