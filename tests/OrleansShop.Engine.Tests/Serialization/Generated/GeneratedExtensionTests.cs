using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansShop.Engine.Serialization;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization.Generated;

/// <summary>What applications add to generated serializers: callbacks, constructors with services, activators, populators, codecs of their own.</summary>
public sealed class GeneratedExtensionTests : IDisposable
{
    private readonly Diary _diary = new();
    private readonly ServiceProvider _services;

    public GeneratedExtensionTests() => _services = new ServiceCollection().AddSingleton(_diary).AddSerializer().BuildServiceProvider();

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    private DeepCopier Copier => _services.GetRequiredService<DeepCopier>();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Default_member_values_are_not_written_and_read_as_defaults()
    {
        var empty = new Sparse { Number = 0, List = null };
        var bytes = Serializer.SerializeToArray(empty);
        var read = Serializer.Deserialize<Sparse>(bytes)!;

        Assert.Equal(2, bytes.Length);
        Assert.Equal((0, null, Guid.Empty, null), (read.Number, read.Text, read.Id, read.Perhaps));
        Assert.Null(read.List);
    }

    [Fact]
    public void Other_member_values_are_written_between_omitted_ones()
    {
        var id = new Guid(1, 2, 3, new byte[8]);
        var read = RoundTrip(new Sparse { Text = "t", Number = 0, Id = id, Perhaps = 0, List = [2] });

        Assert.Equal((0, "t", id, 0), (read.Number, read.Text, read.Id, read.Perhaps));
        Assert.Equal([2], read.List!);
        Assert.Equal(new SparseStruct(0, "x"), RoundTrip(new SparseStruct(0, "x")));
    }

    [Fact]
    public void Callbacks_are_called_before_and_after()
    {
        RoundTrip(new Observed { Number = 3 });
        Copier.Copy(new Observed { Number = 4 });

        Assert.Equal(["serializing", "serialized", "deserializing 0", "deserialized 3", "copying 4 0", "copied 4 4"], _diary.Lines);
    }

    [Fact]
    public void A_callback_can_change_a_struct() => Assert.Equal(6, RoundTrip(new Completed { Number = 3 }).Twice);

    [Fact]
    public void A_marked_constructor_gets_services()
    {
        var read = RoundTrip(new WithService(new Diary()) { Number = 5 });

        Assert.Same(_diary, read.Diary);
        Assert.Equal(5, read.Number);
        Assert.Equal(("private 0", 6), (RoundTrip(new WithPrivateConstructor { Number = 6 }).Way, RoundTrip(new WithPrivateConstructor { Number = 6 }).Number));
    }

    [Fact]
    public void Objects_come_from_a_registered_activator()
    {
        var read = RoundTrip(new Activated("here") { Number = 7 });
        var copy = Copier.Copy(new ActivatedBox<int> { Value = 8 });

        Assert.Equal(("activated 0", 7), (read.Way, read.Number));
        Assert.Equal(("activated", 8), (copy.Way, copy.Value));
    }

    [Fact]
    public void A_populator_sets_the_members_of_a_foreign_base_class()
    {
        var value = new OwnDerived { Own = 1, Numbers = [1, 2] };
        value.Rename("renamed");
        var read = RoundTrip(value);
        var copy = Copier.Copy(value);

        Assert.Equal(("renamed", 1), (read.Name, read.Own));
        Assert.Equal(("renamed", 1), (copy.Name, copy.Own));
        Assert.Equal([1, 2], read.Numbers!);
        Assert.Equal([1, 2], copy.Numbers!);
        Assert.NotSame(value.Numbers, copy.Numbers);
    }

    [Fact]
    public void A_hand_written_codec_serves_its_type()
    {
        var read = RoundTrip(new UsesHandWritten(new HandWritten(9), new HandWrittenPair<int, string> { Left = 1, Right = "r" }));

        Assert.Equal((9, 1, "r"), (read.One.Number, read.Two.Left, read.Two.Right));
    }

    [Fact]
    public void A_compound_alias_names_its_type()
    {
        var bytes = Serializer.SerializeToArray<object>(new CompoundAliased(1));

        Assert.Contains("(zoo|zoo.aliased|x)", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal(new CompoundAliased(1), Serializer.Deserialize<object>(bytes));
    }

    [Fact]
    public void Public_properties_and_captured_parameters_take_part_where_it_is_asked_for()
    {
        var read = RoundTrip(new Unnumbered { Number = 1, Text = "t" });

        Assert.Equal((1, "t"), (read.Number, read.Text));
        Assert.Equal("2 u", RoundTrip(new Captured(2, "u")).Describe());
    }

    [Fact]
    public void A_service_that_is_missing_is_named()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();

        Assert.Contains(nameof(NeedsUnknown), Assert.Throws<PayloadException>(() =>
            services.GetRequiredService<Serializer>().SerializeToArray(new NeedsUnknown(null!))).Message, StringComparison.Ordinal);
    }

    private T RoundTrip<T>(T value) => Serializer.Deserialize<T>(Serializer.SerializeToArray(value))!;
}

internal interface INeedsUnknownService;

[GenerateSerializer]
[method: GeneratedActivatorConstructor]
internal sealed class NeedsUnknown(INeedsUnknownService service)
{
    [field: NonSerialized] public bool HadService { get; } = service is not null;
}
