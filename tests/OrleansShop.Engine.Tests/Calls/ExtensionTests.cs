using Xunit;

namespace OrleansShop.Engine.Tests.Calls;

public sealed class ExtensionTests
{
    [Fact]
    public async Task A_registered_extension_answers_for_every_grain_and_keeps_its_state_per_activation()
    {
        await using var silo = await TestSilo.StartAsync(silo => silo.AddGrainExtension<ITallyExtension, TallyExtension>());
        var one = silo.Get<ICallGrain>(1).AsReference<ITallyExtension>();
        var two = silo.Get<ICallGrain>(2).AsReference<ITallyExtension>();
        Assert.Equal(1, await one.Count());
        Assert.Equal(2, await one.Count());
        Assert.Equal(1, await two.Count());
    }

    [Fact]
    public async Task An_extension_that_is_not_there_is_an_error_that_names_it()
    {
        await using var silo = await TestSilo.StartAsync();
        var failure = await Assert.ThrowsAsync<GrainExtensionNotInstalledException>(() => silo.Get<ICallGrain>(1).AsReference<ITallyExtension>().Count());
        Assert.Contains(nameof(ITallyExtension), failure.Message, StringComparison.Ordinal);
    }
}

public interface ITallyExtension : IGrainExtension
{
    Task<int> Count();
}

internal sealed class TallyExtension : ITallyExtension
{
    private int _count;

    public Task<int> Count() => Task.FromResult(++_count);
}
