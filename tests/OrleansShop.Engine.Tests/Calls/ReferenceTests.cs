using Orleans.Metadata;
using Xunit;

namespace OrleansShop.Engine.Tests.Calls;

public sealed class ReferenceTests
{
    [Fact]
    public async Task Each_kind_of_key_reaches_its_grain()
    {
        await using var silo = await TestSilo.StartAsync();
        var guid = Guid.NewGuid();
        Assert.Equal($"{guid}", await silo.Grains.GetGrain<IGuidKeyGrain>(guid).Key());
        Assert.Equal("-42", await silo.Grains.GetGrain<IIntegerKeyGrain>(-42).Key());
        Assert.Equal("a/b+c d", await silo.Grains.GetGrain<IStringKeyGrain>("a/b+c d").Key());
        Assert.Equal($"{guid} ext", await silo.Grains.GetGrain<IGuidCompoundKeyGrain>(guid, "ext").Key());
        Assert.Equal("7 ext", await silo.Grains.GetGrain<IIntegerCompoundKeyGrain>(7, "ext", null).Key());
        Assert.Equal("-42", await ((IIntegerKeyGrain)silo.Grains.GetGrain(typeof(IIntegerKeyGrain), -42L)).Key());
    }

    [Fact]
    public async Task References_to_one_grain_are_equal_and_reach_the_same_activation()
    {
        await using var silo = await TestSilo.StartAsync();
        var one = silo.Grains.GetGrain<IIntegerKeyGrain>(5);
        var other = silo.Grains.GetGrain<IIntegerKeyGrain>(one.GetGrainId());
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual<object>(one, silo.Grains.GetGrain<IIntegerKeyGrain>(6));
    }

    [Fact]
    public async Task A_generic_grain_exists_once_for_each_type_argument()
    {
        await using var silo = await TestSilo.StartAsync();
        var numbers = silo.Grains.GetGrain<IBoxGrain<int>>(1);
        var texts = silo.Grains.GetGrain<IBoxGrain<List<string>>>(1);
        await numbers.Put(3);
        await texts.Put(["a"]);
        Assert.Equal(3, await numbers.Get());
        Assert.Equal(["a"], await texts.Get());
        Assert.NotEqual(numbers.GetGrainId(), texts.GetGrainId());
    }

    [Fact]
    public async Task A_class_name_prefix_chooses_among_classes()
    {
        await using var silo = await TestSilo.StartAsync();
        Assert.Equal("cat", await silo.Grains.GetGrain<IAnimalGrain>(1, typeof(CatGrain).FullName).Kind());
        Assert.Equal("dog", await silo.Grains.GetGrain<IAnimalGrain>(1, typeof(DogGrain).FullName).Kind());
    }

    [Fact]
    public async Task Several_classes_and_nothing_to_choose_by_is_an_error_that_names_them()
    {
        await using var silo = await TestSilo.StartAsync();
        var failure = Assert.Throws<ArgumentException>(() => silo.Grains.GetGrain<IAnimalGrain>(1));
        Assert.Contains(nameof(CatGrain), failure.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(DogGrain), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_interface_may_name_its_default_class()
    {
        await using var silo = await TestSilo.StartAsync();
        Assert.Equal("oak", await silo.Grains.GetGrain<IPlantGrain>(1).Kind());
    }

    [Fact]
    public async Task By_convention_an_interface_means_the_class_of_its_name()
    {
        await using var silo = await TestSilo.StartAsync();
        Assert.Equal("stone", await silo.Grains.GetGrain<IStoneGrain>(1).Kind());
    }

    [Fact]
    public async Task A_grain_without_the_base_class_is_activated_with_its_context()
    {
        await using var silo = await TestSilo.StartAsync();
        Assert.Equal("plain/9 active", await silo.Grains.GetGrain<IPlainGrain>(9).Describe());
    }

    [Fact]
    public async Task A_method_of_an_inherited_interface_can_be_called_through_both()
    {
        await using var silo = await TestSilo.StartAsync();
        var derived = silo.Grains.GetGrain<IDerivedGrain>(1);
        Assert.Equal("base", await derived.OfBase());
        Assert.Equal("derived", await derived.OfDerived());
        Assert.Equal("base", await derived.AsReference<IBaseGrain>().OfBase());
    }
}

public interface IGuidKeyGrain : IGrainWithGuidKey
{
    Task<string> Key();
}

public interface IIntegerKeyGrain : IGrainWithIntegerKey
{
    Task<string> Key();
}

public interface IStringKeyGrain : IGrainWithStringKey
{
    Task<string> Key();
}

public interface IGuidCompoundKeyGrain : IGrainWithGuidCompoundKey
{
    Task<string> Key();
}

public interface IIntegerCompoundKeyGrain : IGrainWithIntegerCompoundKey
{
    Task<string> Key();
}

internal sealed class GuidKeyGrain : Grain, IGuidKeyGrain
{
    public Task<string> Key() => Task.FromResult(this.GetPrimaryKey().ToString());
}

internal sealed class IntegerKeyGrain : Grain, IIntegerKeyGrain
{
    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyLong().ToString());
}

internal sealed class StringKeyGrain : Grain, IStringKeyGrain
{
    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());
}

internal sealed class GuidCompoundKeyGrain : Grain, IGuidCompoundKeyGrain
{
    public Task<string> Key() => Task.FromResult($"{this.GetPrimaryKey(out var extension)} {extension}");
}

internal sealed class IntegerCompoundKeyGrain : Grain, IIntegerCompoundKeyGrain
{
    public Task<string> Key() => Task.FromResult($"{this.GetPrimaryKeyLong(out var extension)} {extension}");
}

public interface IBoxGrain<T> : IGrainWithIntegerKey
{
    Task Put(T value);

    Task<T> Get();
}

internal sealed class BoxGrain<T> : Grain, IBoxGrain<T>
{
    private T _value = default!;

    public Task Put(T value)
    {
        _value = value;
        return Task.CompletedTask;
    }

    public Task<T> Get() => Task.FromResult(_value);
}

public interface IAnimalGrain : IGrainWithIntegerKey
{
    Task<string> Kind();
}

internal sealed class CatGrain : Grain, IAnimalGrain
{
    public Task<string> Kind() => Task.FromResult("cat");
}

internal sealed class DogGrain : Grain, IAnimalGrain
{
    public Task<string> Kind() => Task.FromResult("dog");
}

[DefaultGrainType("tree-of-oak")]
public interface IPlantGrain : IGrainWithIntegerKey
{
    Task<string> Kind();
}

[GrainType("tree-of-oak")]
internal sealed class OakGrain : Grain, IPlantGrain
{
    public Task<string> Kind() => Task.FromResult("oak");
}

internal sealed class RoseGrain : Grain, IPlantGrain
{
    public Task<string> Kind() => Task.FromResult("rose");
}

public interface IStoneGrain : IGrainWithIntegerKey
{
    Task<string> Kind();
}

internal sealed class StoneGrain : Grain, IStoneGrain
{
    public Task<string> Kind() => Task.FromResult("stone");
}

internal sealed class GraniteGrain : Grain, IStoneGrain
{
    public Task<string> Kind() => Task.FromResult("granite");
}

public interface IPlainGrain : IGrainWithIntegerKey
{
    Task<string> Describe();
}

internal sealed class PlainGrain(IGrainContext context) : IGrainBase, IPlainGrain
{
    private string _state = "not active";

    public IGrainContext GrainContext => context;

    public Task OnActivateAsync(CancellationToken token)
    {
        _state = "active";
        return Task.CompletedTask;
    }

    public Task<string> Describe() => Task.FromResult($"{context.GrainId} {_state}");
}

public interface IBaseGrain : IGrainWithIntegerKey
{
    Task<string> OfBase();
}

public interface IDerivedGrain : IBaseGrain
{
    Task<string> OfDerived();
}

internal sealed class DerivedGrain : Grain, IDerivedGrain
{
    public Task<string> OfBase() => Task.FromResult("base");

    public Task<string> OfDerived() => Task.FromResult("derived");
}
