using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Xunit;

namespace OrleansShop.Engine.Tests.EventSourcing;

public sealed class JournaledGrainTests
{
    public static TheoryData<string> Providers => ["ledger-of-events", "ledger-of-state"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Confirmed_events_are_there_again_in_the_next_activation(string provider)
    {
        await using var silo = await Start();
        var ledger = Ledger(silo, provider);
        await ledger.Deposit(5);
        await ledger.Deposit(7);
        Assert.Equal("12 after 2; 12 with 0 more", await ledger.Describe());
        await ledger.Leave();
        await Eventually.Holds(() => silo.Catalog.Count == 0, "the activation is gone");
        Assert.Equal("12 after 2; 12 with 0 more", await ledger.Describe());
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Unconfirmed_events_are_stored_before_the_activation_ends(string provider)
    {
        await using var silo = await Start();
        var ledger = Ledger(silo, provider);
        await ledger.DepositUnconfirmed(5);
        await ledger.Leave();
        await Eventually.Holds(() => silo.Catalog.Count == 0, "the activation is gone");
        Assert.Equal("5 after 1; 5 with 0 more", await ledger.Describe());
    }

    [Fact]
    public async Task An_event_that_the_state_has_no_method_for_is_refused_with_both_names()
    {
        await using var silo = await Start();
        var ledger = Ledger(silo, "ledger-of-events");
        var message = await ledger.RaiseUnknown();
        Assert.Contains(typeof(LedgerState).ToString(), message, StringComparison.Ordinal);
        Assert.Contains(typeof(Audited).ToString(), message, StringComparison.Ordinal);
        Assert.Equal("0 after 0; 0 with 0 more", await ledger.Describe());
    }

    [Fact]
    public async Task Log_storage_returns_the_events()
    {
        await using var silo = await Start();
        var ledger = Ledger(silo, "ledger-of-events");
        await ledger.Deposit(5);
        Assert.True(await ledger.Withdraw(2));
        Assert.Equal([new Deposited(5), new Withdrawn(2)], await ledger.Events());
    }

    [Fact]
    public async Task State_storage_says_that_it_cannot_return_events()
    {
        await using var silo = await Start();
        var failure = await Assert.ThrowsAsync<NotSupportedException>(Ledger(silo, "ledger-of-state").Events);
        Assert.Contains("AddLogStorageBasedLogConsistencyProvider", failure.Message, StringComparison.Ordinal);
    }

    private static ILedgerGrain Ledger(TestSilo silo, string grainType) => silo.Grains.GetGrain<ILedgerGrain>(GrainId.Create(grainType, "1"));

    private static Task<TestSilo> Start() => TestSilo.StartAsync(silo =>
    {
        silo.AddMemoryGrainStorage("ledgers").AddLogStorageBasedLogConsistencyProvider().AddStateStorageBasedLogConsistencyProvider();
        silo.Services.AddSingleton<IGrainStorageSerializer, OrleansGrainStorageSerializer>();
    });
}
