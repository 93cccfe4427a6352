using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Xunit;

namespace OrleansShop.Engine.Tests.Calls;

public sealed class ObserverTests
{
    [Fact]
    public async Task A_grain_calls_an_observer_object_of_the_caller()
    {
        await using var silo = await TestSilo.StartAsync();
        var observer = new Listener();
        var reference = silo.Grains.CreateObjectReference<IListener>(observer);
        var grain = silo.Get<ISpeakerGrain>(1);
        await grain.Subscribe(reference);
        await grain.Say("hello");
        await Eventually.Holds(() => observer.Heard.Contains("hello"), "the observer has heard");
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task An_observer_can_answer()
    {
        await using var silo = await TestSilo.StartAsync();
        var observer = new Listener();
        var grain = silo.Get<ISpeakerGrain>(1);
        await grain.Subscribe(silo.Grains.CreateObjectReference<IListener>(observer));
        Assert.Equal("answer to question", await grain.Ask("question"));
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task Calls_to_one_observer_object_run_one_at_a_time()
    {
        await using var silo = await TestSilo.StartAsync();
        var observer = new Listener();
        var reference = silo.Grains.CreateObjectReference<IListener>(observer);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => reference.Slow()));
        Assert.Equal(1, observer.MostAtOnce);
    }

    [Fact]
    public async Task A_deleted_reference_is_not_called_any_more()
    {
        await using var silo = await TestSilo.StartAsync();
        var observer = new Listener();
        var reference = silo.Grains.CreateObjectReference<IListener>(observer);
        silo.Grains.DeleteObjectReference<IListener>(reference);
        await Assert.ThrowsAsync<ClientNotAvailableException>(() => reference.Answer("question"));
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task An_observer_object_is_held_weakly()
    {
        await using var silo = await TestSilo.StartAsync();
        var reference = CreateAndDrop(silo);
        await Eventually.Holds(
            async () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return await Record.ExceptionAsync(() => reference.Answer("question")) is ClientNotAvailableException;
            },
            "the dropped observer is gone");
    }

    [Fact]
    public async Task A_reference_to_a_grain_passed_as_an_argument_can_be_called()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<ISpeakerGrain>(1);
        Assert.Equal("speaker/2", await grain.NameOf(silo.Get<ISpeakerGrain>(2)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IListener CreateAndDrop(TestSilo silo) => silo.Grains.CreateObjectReference<IListener>(new Listener());

    private sealed class Listener : IListener
    {
        private int _inside;

        public ConcurrentQueue<string> Heard { get; } = new();

        public int MostAtOnce { get; private set; }

        public void Hear(string what) => Heard.Enqueue(what);

        public Task<string> Answer(string question) => Task.FromResult($"answer to {question}");

        public async Task Slow()
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _inside));
            await Task.Delay(5);
            Interlocked.Decrement(ref _inside);
        }
    }
}

public interface IListener : IGrainObserver
{
    [Orleans.Concurrency.OneWay]
    void Hear(string what);

    Task<string> Answer(string question);

    [Orleans.Concurrency.AlwaysInterleave]
    Task Slow();
}

public interface ISpeakerGrain : IGrainWithIntegerKey
{
    Task Subscribe(IListener listener);

    Task Say(string what);

    Task<string> Ask(string question);

    Task<string> NameOf(ISpeakerGrain other);

    Task<string> Name();
}

internal sealed class SpeakerGrain : Grain, ISpeakerGrain
{
    private readonly List<IListener> _listeners = [];

    public Task Subscribe(IListener listener)
    {
        _listeners.Add(listener);
        return Task.CompletedTask;
    }

    public Task Say(string what)
    {
        foreach (var listener in _listeners) listener.Hear(what);
        return Task.CompletedTask;
    }

    public Task<string> Ask(string question) => _listeners[0].Answer(question);

    public Task<string> NameOf(ISpeakerGrain other) => other.Name();

    public Task<string> Name() => Task.FromResult(this.GetGrainId().ToString());
}
