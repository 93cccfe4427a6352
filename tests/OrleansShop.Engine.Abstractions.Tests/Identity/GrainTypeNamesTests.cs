using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Identity;
using Xunit;

namespace OrleansShop.Engine.Abstractions.Tests.Identity;

public sealed class GrainTypeNamesTests
{
    [Theory]
    [InlineData(typeof(OwnerGrain), "owner")]
    [InlineData(typeof(Migrain), "mi")]
    [InlineData(typeof(Grain), "grain")]
    [InlineData(typeof(Silo), "silo")]
    [InlineData(typeof(CacheGrain<,>), "cache`2")]
    [InlineData(typeof(NamedGrain), "something-else")]
    public void A_class_gives_its_grain_type(Type grainClass, string expected) => Assert.Equal(expected, GrainTypeNames.OfClass(grainClass).ToString());

    [Theory]
    [InlineData(typeof(IPlain), "OrleansShop.Engine.Abstractions.Tests.Identity.GrainTypeNamesTests+IPlain")]
    [InlineData(typeof(IAliased), "aliased")]
    [InlineData(typeof(INamed), "named")]
    [InlineData(typeof(IGeneric<IAliased>), "generic[aliased]")]
    public void An_interface_gives_its_name(Type grainInterface, string expected) =>
        Assert.Equal(expected, GrainTypeNames.OfInterface(grainInterface).ToString());

    private sealed class OwnerGrain;

    private sealed class Migrain;

    private sealed class Grain;

    private sealed class Silo;

    private sealed class CacheGrain<TKey, TValue>;

    [GrainType("something-else")]
    private sealed class NamedGrain;

    private interface IPlain : IGrainWithStringKey;

    [Alias("aliased")]
    private interface IAliased : IGrainWithStringKey;

    [Alias("not this one")]
    [GrainInterfaceType("named")]
    private interface INamed : IGrainWithStringKey;

    [Alias("generic")]
    private interface IGeneric<T> : IGrainWithStringKey;
}
