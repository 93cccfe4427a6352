using System.Reflection;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using Xunit;

namespace OrleansShop.Engine.Abstractions.Tests.Grains;

public sealed class GrainReferenceTests
{
    private static readonly CastingSender s_sender = CastingSender.Create();

    [Fact]
    public void Two_are_equal_when_they_name_the_same_grain_whatever_the_interface()
    {
        var first = Reference("owner", "1", "IOwner");
        Assert.True(first == Reference("owner", "1", "IOther"));
        Assert.Equal(first.GetHashCode(), Reference("owner", "1", "IOther").GetHashCode());
        Assert.Equal(first.GrainId.GetUniformHashCode(), first.GetUniformHashCode());
        Assert.True(first != Reference("owner", "2", "IOwner"));
        Assert.True(first != Reference("pet", "1", "IOwner"));
        Assert.False(first == null);
        Assert.True((GrainReference?)null == null);
    }

    [Fact]
    public void Its_id_and_key_are_asked_like_a_grains()
    {
        var reference = Reference("owner", "2A", "IOwner");
        Assert.Equal(GrainId.Create("owner", "2A"), reference.GetGrainId());
        Assert.Equal(42, reference.GetPrimaryKeyLong());
        Assert.Equal("2A", reference.GetPrimaryKeyString());
        Assert.Equal("GrainReference:owner/2A:IOwner", reference.ToString());
    }

    [Fact]
    public void A_cast_to_an_interface_that_it_has_is_itself_and_to_another_is_made_by_the_engine()
    {
        IAddressable reference = new OwnerReference(Target("owner", "IOwner"), IdSpan.Create("1"));
        Assert.Same(reference, reference.Cast<IOwner>());
        Assert.Same(reference, reference.AsReference<IOwner>());
        var cast = reference.AsReference<IOther>();
        Assert.Equal(reference, cast);
        Assert.IsType<OtherReference>(cast);
    }

    private static OwnerReference Reference(string type, string key, string interfaceName) => new(Target(type, interfaceName), IdSpan.Create(key));

    private static ReferenceTarget Target(string type, string interfaceName) =>
        new(GrainType.Create(type), GrainInterfaceType.Create(interfaceName), s_sender.AsSender);

    private interface IOwner : IGrainWithIntegerKey;

    private interface IOther : IGrainWithIntegerKey;

    private sealed class OwnerReference(ReferenceTarget target, IdSpan key) : GeneratedReference(target, key), IOwner;

    private sealed class OtherReference(ReferenceTarget target, IdSpan key) : GeneratedReference(target, key), IOther;

    // A proxy: only casting matters here, whatever else a sender can do.
#pragma warning disable CA1852 // DispatchProxy derives a class from this one at run time.
    private class CastingSender : DispatchProxy
#pragma warning restore CA1852
    {
        public ICallSender AsSender => (ICallSender)(object)this;

        public static CastingSender Create() => (CastingSender)(object)Create<ICallSender, CastingSender>();

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Assert.Equal(nameof(ICallSender.Cast), targetMethod!.Name);
            Assert.Equal(typeof(IOther), args![1]);
            var reference = (GrainReference)args[0]!;
            return new OtherReference(Target(reference.GrainId.Type.ToString(), nameof(IOther)), reference.GrainId.Key);
        }
    }
}
