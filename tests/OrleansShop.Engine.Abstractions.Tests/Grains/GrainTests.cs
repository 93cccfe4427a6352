using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Core;
using Orleans.Runtime;
using Orleans.Timers;
using OrleansShop.Engine.Abstractions.Tests.Context;
using OrleansShop.Engine.Context;
using Xunit;

namespace OrleansShop.Engine.Abstractions.Tests.Grains;

public sealed class GrainTests
{
    [Fact]
    public void A_grain_belongs_to_the_activation_that_is_being_created()
    {
        var activation = new ActivationDouble { GrainId = new GrainId(GrainType.Create("owner"), GrainIdKeyExtensions.CreateIntegerKey(42)) };
        var grain = Create(activation, () => new PlainGrain());
        Assert.Same(activation, grain.GrainContext);
        Assert.Equal("owner/2A", grain.IdentityString);
        Assert.Equal(42, grain.GetPrimaryKeyLong());
        Assert.True(grain.IsPrimaryKeyBasedOnLong());
        Assert.Equal(activation.GrainId, grain.GetGrainId());
    }

    [Fact]
    public void A_key_of_another_kind_is_named_in_the_error()
    {
        var grain = Create(new ActivationDouble { GrainId = GrainId.Create("owner", "not a number") }, () => new PlainGrain());
        Assert.Equal("not a number", grain.GetPrimaryKeyString());
        Assert.Contains("owner/not a number", Assert.Throws<InvalidOperationException>(() => grain.GetPrimaryKeyLong()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => grain.GetPrimaryKey());
    }

    [Fact]
    public void A_grain_outside_an_engine_says_so()
    {
        var grain = new PlainGrain();
        Assert.Null(grain.GrainContext);
        Assert.Contains("PlainGrain was created outside an engine", Assert.Throws<InvalidOperationException>(() => grain.IdentityString).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grain_with_state_has_it_loaded_before_it_is_activated()
    {
        var activation = new ActivationDouble();
        activation.Services.AddSingleton<IGrainRuntime>(new RuntimeDouble());
        var grain = Create(activation, () => new CountingGrain());
        Assert.Throws<InvalidOperationException>(() => grain.Count);
        await activation.Lifecycle.Start();
        Assert.Equal(7, grain.Count);
    }

    [Fact]
    public void A_grain_over_a_storage_of_its_own_needs_no_engine() => Assert.Equal(3, new CountingGrain(new StorageDouble { State = 3 }).Count);

    [Fact]
    public async Task Timers_pass_their_state_and_token_to_the_callback()
    {
        var runtime = new RuntimeDouble();
        var grain = new PlainGrain(new ActivationDouble(), runtime);
        var calls = new List<string>();
        var options = new GrainTimerCreationOptions(TimeSpan.Zero, TimeSpan.FromSeconds(1)) { Interleave = true };
        using var first = grain.RegisterGrainTimer(() => Note("none"), options);
        using var second = grain.RegisterGrainTimer(token => Note($"token {token.CanBeCanceled}"), options);
        using var third = grain.RegisterGrainTimer(state => Note($"state {state}"), "s", options);
        using var fourth = grain.RegisterGrainTimer((state, token) => Note($"state {state} token {token.CanBeCanceled}"), "s", TimeSpan.Zero, TimeSpan.FromSeconds(1));
        using var cancellation = new CancellationTokenSource();
        foreach (var tick in runtime.Ticks)
            await tick(cancellation.Token);
        Assert.Equal(["none", "token True", "state s", "state s token True"], calls);
        Assert.Equal([true, true, true, false], runtime.TimerOptions.Select(registered => registered.Interleave));

        Task Note(string call)
        {
            calls.Add(call);
            return Task.CompletedTask;
        }
    }

    private static TGrain Create<TGrain>(IGrainContext activation, Func<TGrain> create)
    {
        CurrentActivation.Context = activation;
        try
        {
            return create();
        }
        finally
        {
            CurrentActivation.Context = null;
        }
    }

    private sealed class PlainGrain : Grain
    {
        public PlainGrain()
        {
        }

        public PlainGrain(IGrainContext context, IGrainRuntime runtime)
            : base(context, runtime)
        {
        }
    }

    private sealed class CountingGrain : Grain<int>
    {
        public CountingGrain()
        {
        }

        public CountingGrain(IStorage<int> storage)
            : base(storage)
        {
        }

        public int Count => State;
    }

    private sealed class StorageDouble : IStorage<int>
    {
        public int State { get; set; }

        public string? Etag => null;

        public bool RecordExists => true;

        public Task ReadStateAsync()
        {
            State = 7;
            return Task.CompletedTask;
        }

        public Task WriteStateAsync() => throw new NotSupportedException();

        public Task ClearStateAsync() => throw new NotSupportedException();
    }

    private sealed class RuntimeDouble : IGrainRuntime, ITimerRegistry
    {
        public List<Func<CancellationToken, Task>> Ticks { get; } = [];

        public List<GrainTimerCreationOptions> TimerOptions { get; } = [];

        public string SiloIdentity => "silo";

        public SiloAddress SiloAddress => SiloAddress.Zero;

        public IGrainFactory GrainFactory => throw new NotSupportedException();

        public ITimerRegistry TimerRegistry => this;

        public IServiceProvider ServiceProvider => throw new NotSupportedException();

        public void DeactivateOnIdle(IGrainContext grainContext) => throw new NotSupportedException();

        public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan) => throw new NotSupportedException();

        public IStorage<TGrainState> GetStorage<TGrainState>(IGrainContext grainContext) => (IStorage<TGrainState>)(object)new StorageDouble();

        public IGrainTimer RegisterGrainTimer<TState>(
            IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
        {
            Ticks.Add(token => callback(state, token));
            TimerOptions.Add(options);
            return new TimerDouble();
        }

        public IDisposable RegisterTimer(IGrainContext grainContext, Func<object?, Task> callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            throw new NotSupportedException();
    }

    private sealed class TimerDouble : IGrainTimer
    {
        public void Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
