using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Engine.Activations;
using OrleansShop.Engine.Cancellation;
using Xunit;

namespace OrleansShop.Engine.Tests.Cancellation;

public sealed class ReceivedTokensTests
{
    [Fact]
    public async Task A_token_that_comes_after_the_news_that_it_is_cancelled_is_cancelled()
    {
        await using var silo = await StartAsync();
        var tokens = new ReceivedTokens();
        var activation = await Activate(silo, 1);
        var id = Guid.NewGuid();
        await tokens.Cancel(activation.GrainId, id);
        Assert.True(tokens.Receive(activation, new GrainCancellationToken(id, isCancelled: false)).CancellationToken.IsCancellationRequested);
        Assert.False(tokens.Receive(activation, new GrainCancellationToken(Guid.NewGuid(), isCancelled: false)).CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public async Task Of_cancelled_tokens_the_last_ten_thousand_are_remembered()
    {
        await using var silo = await StartAsync();
        var tokens = new ReceivedTokens();
        var activation = await Activate(silo, 1);
        var ids = Enumerable.Range(0, ReceivedTokens.MostRemembered + 1).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var id in ids) await tokens.Cancel(activation.GrainId, id);
        Assert.False(tokens.Receive(activation, new GrainCancellationToken(ids[0], isCancelled: false)).CancellationToken.IsCancellationRequested);
        Assert.True(tokens.Receive(activation, new GrainCancellationToken(ids[1], isCancelled: false)).CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public async Task Tokens_that_nobody_holds_are_forgotten()
    {
        await using var silo = await StartAsync();
        var tokens = new ReceivedTokens();
        var activation = await Activate(silo, 1);
        for (var round = 0; round < 10; round++)
        {
            ReceiveMany(tokens, activation, 1000);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(tokens.Count, 1, 3000);
    }

    [Fact]
    public async Task A_grain_keeps_no_more_than_a_hundred_tokens_whose_calls_have_ended()
    {
        await using var silo = await StartAsync();
        var grain = silo.Get<IHeldTokenGrain>(1);
        var sources = Enumerable.Range(0, 150).Select(_ => new GrainCancellationTokenSource()).ToArray();
        foreach (var source in sources) await grain.Register(source.Token);
        await Eventually.Holds(
            async () =>
            {
                await grain.Collect();
                return silo.Services.GetRequiredService<ReceivedTokens>().LiveCount <= 101;
            },
            "the oldest are let go");
        foreach (var source in sources) await source.Cancel();
        Assert.InRange(await grain.CancelledInTurn(), 100, 101);
        foreach (var source in sources) source.Dispose();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReceiveMany(ReceivedTokens tokens, Activation activation, int count)
    {
        for (var i = 0; i < count; i++) tokens.Receive(activation, new GrainCancellationToken(Guid.NewGuid(), isCancelled: false));
    }

    private static Task<TestSilo> StartAsync() => TestSilo.StartAsync(static silo => silo.Services.AddSingleton<Failures>());

    private static async Task<Activation> Activate(TestSilo silo, long key)
    {
        await silo.Get<IHeldTokenGrain>(key).Started();
        return silo.Catalog.Find(silo.Get<IHeldTokenGrain>(key).GetGrainId())!;
    }
}
