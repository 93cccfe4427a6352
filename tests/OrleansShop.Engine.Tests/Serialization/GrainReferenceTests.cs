using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Serialization;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization;

public interface IWatcher : IGrainObserver;

public sealed class GrainReferenceTests
{
    [Fact]
    public void A_reference_comes_back_as_what_the_factory_makes_of_its_grain_and_interface()
    {
        using var services = StartWithFactory();
        var serializer = services.GetRequiredService<Serializer>();
        var reference = Reference("owner", "7", "IOwner");

        var read = serializer.Deserialize<GrainReference>(serializer.SerializeToArray(reference))!;
        Assert.Equal((reference.GrainId, reference.InterfaceType), (read.GrainId, read.InterfaceType));

        var any = Assert.IsType<GrainReference>(serializer.Deserialize<object>(serializer.SerializeToArray<object>(reference)), exactMatch: false);
        Assert.Equal(reference.GrainId, any.GrainId);
    }

    [Fact]
    public void A_copy_of_a_reference_is_the_reference()
    {
        var reference = Reference("owner", "7", "IOwner");

        Assert.Same(reference, Serialization.Copy<IAddressable>(reference));
    }

    [Fact]
    public void An_observer_itself_is_refused_with_advice()
    {
        Assert.Contains("CreateObjectReference", Assert.Throws<PayloadException>(() => Serialization.RoundTrip<IWatcher>(new Watcher())).Message);
        Assert.Contains("CreateObjectReference", Assert.Throws<PayloadException>(() => Serialization.Copy<IWatcher>(new Watcher())).Message);
    }

    [Fact]
    public void A_process_without_a_grain_factory_says_so() =>
        Assert.Contains("IGrainFactory", Assert.Throws<PayloadException>(() => Serialization.RoundTrip(Reference("owner", "7", "IOwner"))).Message);

    private static GrainReference Reference(string type, string key, string interfaceType) => new(
        new ReferenceTarget(GrainType.Create(type), new GrainInterfaceType(IdSpan.Create(interfaceType)), Sender: null!), IdSpan.Create(key));

    private static ServiceProvider StartWithFactory() =>
        new ServiceCollection().AddSerializer().AddSingleton(DispatchProxy.Create<IGrainFactory, Factory>()).BuildServiceProvider();

    private sealed class Watcher : IWatcher;

    // Answers GetGrain(GrainId, GrainInterfaceType), which is all that reading a reference asks for.
    public class Factory : DispatchProxy
    {
        protected override object Invoke(MethodInfo? targetMethod, object?[]? args) => args is [GrainId id, GrainInterfaceType interfaceType]
            ? Reference(id.Type.ToString(), id.Key.ToString(), interfaceType.ToString())
            : throw new NotSupportedException(targetMethod?.Name);
    }
}
