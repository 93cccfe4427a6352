using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Storage;
using OrleansShop.Engine.Tests.Storage;
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

    [Fact]
    public async Task An_event_whose_method_throws_stays_in_the_log_without_an_effect()
    {
        await using var silo = await Start();
        var ledger = Ledger(silo, "ledger-of-events");
        await ledger.Deposit(5);
        await ledger.RaiseRejected();
        await ledger.Deposit(2);
        Assert.Equal("7 after 3; 7 with 0 more", await ledger.Describe());
        Assert.Equal([new Deposited(5), new Rejected(), new Deposited(2)], await ledger.Events());
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_cleared_log_starts_anew(string provider)
    {
        await using var silo = await Start();
        var ledger = Ledger(silo, provider);
        await ledger.Deposit(5);
        await ledger.Clear();
        Assert.Equal("0 after 0; 0 with 0 more", await ledger.Describe());
        await ledger.Deposit(3);
        await ledger.Leave();
        await Eventually.Holds(() => silo.Catalog.Count == 0, "the activation is gone");
        Assert.Equal("3 after 1; 3 with 0 more", await ledger.Describe());
    }

    [Fact]
    public async Task Two_activations_of_one_grain_see_each_other_and_lose_nothing()
    {
        // Two silos without a cluster between them: each believes that the grain is its own.
        await using var one = await Start("twice");
        await using var two = await Start("twice");
        var (here, there) = (Ledger(one, "ledger-of-events"), Ledger(two, "ledger-of-events"));
        await here.Deposit(5);
        await there.Deposit(7);
        Assert.False(await here.Withdraw(1));
        Assert.Equal("12 after 2; 12 with 0 more", await here.Describe());
        Assert.True(await here.Withdraw(1));
        await Task.WhenAll(Enumerable.Range(0, 10).SelectMany(_ => new[] { here.Deposit(1), there.Deposit(1) }));
        Assert.Equal("31 after 23; 31 with 0 more", await here.Refresh());
        Assert.Equal("31 after 23; 31 with 0 more", await there.Refresh());
    }

    [Fact]
    public async Task A_grain_that_names_no_provider_stores_its_state_and_version()
    {
        await using var silo = await Start();
        var ledger = Ledger(silo, "ledger-of-nothing");
        await ledger.Deposit(5);
        await Assert.ThrowsAsync<NotSupportedException>(ledger.Events);
        await ledger.Leave();
        await Eventually.Holds(() => silo.Catalog.Count == 0, "the activation is gone");
        Assert.Equal("5 after 1; 5 with 0 more", await ledger.Describe());
    }

    [Fact]
    public async Task A_missing_provider_is_named_with_the_class_and_those_that_are_there()
    {
        await using var silo = await TestSilo.StartAsync(static silo => silo.AddMemoryGrainStorage("ledgers").AddLogStorageBasedLogConsistencyProvider("Other"));
        var failure = await Assert.ThrowsAsync<BadProviderConfigException>(Ledger(silo, "ledger-of-events").Describe);
        Assert.All([typeof(LogLedgerGrain).ToString(), "\"LogStorage\"", "\"Other\""], part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Changes_are_told_as_they_happen()
    {
        await using var silo = await Start();
        var ledger = Ledger(silo, "ledger-of-events");
        await ledger.Deposit(5);
        Assert.Equal(["tentative 0", "state 0", "tentative 5", "state 5"], await ledger.Told());
    }

    [Fact]
    public async Task A_grain_can_store_its_log_itself()
    {
        await using var silo = await Start();
        var ledger = Ledger(silo, "ledger-of-its-own");
        await ledger.Deposit(5);
        Assert.True(await ledger.Withdraw(2));
        await ledger.Leave();
        await Eventually.Holds(() => silo.Catalog.Count == 0, "the activation is gone");
        Assert.Equal("3 after 2; 3 with 0 more", await ledger.Describe());
        await Assert.ThrowsAsync<NotSupportedException>(ledger.Events);
        await ledger.Clear();
        Assert.Equal("0 after 0; 0 with 0 more", await ledger.Describe());
    }

    private static ILedgerGrain Ledger(TestSilo silo, string grainType) => silo.Grains.GetGrain<ILedgerGrain>(GrainId.Create(grainType, "1"));

    private static Task<TestSilo> Start(string? cluster = null) => TestSilo.StartAsync(silo =>
    {
        silo.InOwnCluster().AddMemoryGrainStorage("ledgers").AddMemoryGrainStorageAsDefault()
            .AddLogStorageBasedLogConsistencyProvider().AddStateStorageBasedLogConsistencyProvider().AddCustomStorageBasedLogConsistencyProvider("Custom");
        silo.Services.AddSingleton<OwnLedgers>();
        if (cluster is not null) silo.Configure<ClusterOptions>(options => options.ClusterId = cluster);
    });
}
