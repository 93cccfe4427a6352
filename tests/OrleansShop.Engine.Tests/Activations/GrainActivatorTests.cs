using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Metadata;
using Xunit;

namespace OrleansShop.Engine.Tests.Activations;

public sealed class GrainActivatorTests
{
    [Fact]
    public async Task An_application_makes_and_disposes_the_grain_objects_of_the_types_that_it_wants()
    {
        var activator = new Activator();
        await using var silo = await StartAsync(new Provider("made", activator));
        Assert.Equal("by the application for made/1", await silo.Get<IMadeGrain>(1).How());
        Assert.Equal("by the engine", await silo.Get<IOtherMadeGrain>(1).How());
        await silo.Get<IMadeGrain>(1).Go();
        await Eventually.Holds(() => activator.Disposed.Count == 1, "the activator disposes it");
        Assert.Equal("made/1", Assert.Single(activator.Disposed));
        Assert.False(MadeGrain.DisposedByEngine);
        Assert.True(activator.WasInTurn);
    }

    [Fact]
    public async Task Each_provider_is_asked_once_for_a_type_and_told_what_its_attributes_say()
    {
        var provider = new Provider("made", new Activator());
        await using var silo = await StartAsync(provider);
        for (var key = 0; key < 5; key++) await silo.Get<IMadeGrain>(key).How();
        Assert.Equal(5, provider.Configured);
        var (_, properties) = Assert.Single(provider.Asked, asked => asked.Type == GrainType.Create("made"));
        Assert.Equal(nameof(PreferLocalPlacement), properties.Properties[WellKnownGrainTypeProperties.PlacementStrategy]);
        Assert.Equal(typeof(MadeGrain).FullName, properties.Properties[WellKnownGrainTypeProperties.FullTypeName]);
    }

    [Fact]
    public async Task Several_providers_configure_one_context_and_grains_find_what_they_put_there()
    {
        await using var silo = await StartAsync(new Provider("othermade", null) { Note = "first" }, new Provider("othermade", null) { Note = "second" });
        Assert.Equal("by the engine, first, second", await silo.Get<IOtherMadeGrain>(1).How());
    }

    [Fact]
    public async Task What_a_configurator_or_an_activator_throws_is_what_the_callers_get_and_the_next_call_tries_again()
    {
        var activator = new Activator { Failure = new InvalidOperationException("no parts") };
        await using var silo = await StartAsync(new Provider("made", activator));
        Assert.Equal("no parts", (await Assert.ThrowsAsync<InvalidOperationException>(silo.Get<IMadeGrain>(1).How)).Message);
        activator.Failure = null;
        Assert.Equal("by the application for made/1", await silo.Get<IMadeGrain>(1).How());
    }

    [Fact]
    public async Task An_activator_that_makes_something_else_fails_the_activation_and_is_named()
    {
        var activator = new Activator { MakesSomethingElse = true };
        await using var silo = await StartAsync(new Provider("made", activator));
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(silo.Get<IMadeGrain>(1).How);
        Assert.Contains(nameof(Activator), failure.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(MadeGrain), failure.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(OtherMadeGrain), failure.Message, StringComparison.Ordinal);
    }

    private static Task<TestSilo> StartAsync(params Provider[] providers) => TestSilo.StartAsync(silo =>
    {
        foreach (var provider in providers) silo.Services.AddSingleton<IConfigureGrainContextProvider>(provider);
    });

    private sealed class Provider(string type, Activator? activator) : IConfigureGrainContextProvider, IConfigureGrainContext
    {
        private int _configured;

        public string? Note { get; init; }

        public int Configured => _configured;

        public ConcurrentQueue<(GrainType Type, GrainProperties Properties)> Asked { get; } = new();

        public bool TryGetConfigurator(GrainType grainType, GrainProperties properties, [NotNullWhen(true)] out IConfigureGrainContext? configurator)
        {
            Asked.Enqueue((grainType, properties));
            configurator = grainType == GrainType.Create(type) ? this : null;
            return configurator is not null;
        }

        public void Configure(IGrainContext context)
        {
            Interlocked.Increment(ref _configured);
            if (activator is not null) context.SetComponent<IGrainActivator>(activator);
            if (Note is not null) context.SetComponent(new Notes([.. (context.GetComponent(typeof(Notes)) as Notes)?.All ?? [], Note]));
        }
    }

    private sealed class Activator : IGrainActivator
    {
        public Exception? Failure { get; set; }

        public bool MakesSomethingElse { get; init; }

        public bool WasInTurn { get; private set; }

        public ConcurrentQueue<string> Disposed { get; } = new();

        public object CreateInstance(IGrainContext context)
        {
            WasInTurn = ReferenceEquals(TaskScheduler.Current, context);
            if (Failure is not null) throw Failure;
            return MakesSomethingElse ? new OtherMadeGrain(context) : new MadeGrain($"by the application for {context.GrainId}");
        }

        public ValueTask DisposeInstance(IGrainContext context, object instance)
        {
            WasInTurn &= ReferenceEquals(TaskScheduler.Current, context) && instance is MadeGrain;
            Disposed.Enqueue(context.GrainId.ToString());
            return default;
        }
    }
}

public interface IMadeGrain : IGrainWithIntegerKey
{
    Task<string> How();

    Task Go();
}

public interface IOtherMadeGrain : IGrainWithIntegerKey
{
    Task<string> How();
}

public sealed record Notes(string[] All);

[Orleans.Placement.PreferLocalPlacement]
internal sealed class MadeGrain(string how) : Grain, IMadeGrain, IDisposable
{
    public static bool DisposedByEngine { get; private set; }

    public Task<string> How() => Task.FromResult(how);

    public Task Go()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public void Dispose() => DisposedByEngine = true;
}

internal sealed class OtherMadeGrain(IGrainContext context) : Grain, IOtherMadeGrain
{
    public Task<string> How() => Task.FromResult(string.Join(", ", ["by the engine", .. (context.GetComponent(typeof(Notes)) as Notes)?.All ?? []]));
}
