using OrleansShop.Strangler.Phases;
using Xunit;

namespace OrleansShop.Strangler.Tests.Phases;

public sealed class CapabilityGrainTests : IAsyncLifetime
{
    private readonly StoredRecords _storage = new();
    private CapabilitySilo _silo = null!;

    private ICapabilityGrain Grain => _silo.Grain;

    public async ValueTask InitializeAsync() => _silo = await CapabilitySilo.StartAsync(_storage);

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task A_capability_that_was_never_switched_is_in_the_monolith()
    {
        Assert.Equal(new CapabilityStatus("books", CapabilityPhase.Monolith, 0, null, null, null), await Grain.GetAsync());
        Assert.Empty(await Grain.GetHistoryAsync());
    }

    [Fact]
    public async Task A_transition_is_pending_until_it_ends_and_is_then_stored()
    {
        var start = await Grain.BeginAsync(CapabilityPhase.Grains, "jo");
        Assert.Equal((TransitionOutcome.Begun, 1L), (start.Outcome, start.Attempt));
        Assert.Equal((CapabilityPhase.Monolith, CapabilityPhase.Grains), ((await Grain.GetAsync()).Phase, (await Grain.GetAsync()).Pending!.Target));

        var ended = await Grain.EndAsync(1, succeeded: true, "Imported.");
        await RestartAsync();

        Assert.Equal((CapabilityPhase.Grains, 1L, "jo"), (ended.Phase, ended.Epoch, ended.By));
        Assert.Equal(ended, await Grain.GetAsync());
        Assert.Equal("Imported.", Assert.Single(await Grain.GetHistoryAsync()).Detail);
    }

    [Fact]
    public async Task While_one_transition_runs_another_is_told_how_long_the_first_may_be_silent()
    {
        await Grain.BeginAsync(CapabilityPhase.Grains, "jo");
        _silo.Time.Advance(TimeSpan.FromSeconds(4));

        var second = await Grain.BeginAsync(CapabilityPhase.Grains, "mo");

        Assert.Equal((TransitionOutcome.AnotherIsRunning, 1L, CapabilityGrain.Lease - TimeSpan.FromSeconds(4)), (second.Outcome, second.Attempt, second.RetryAfter));
    }

    [Fact]
    public async Task A_transition_that_is_renewed_runs_on_and_one_that_is_silent_is_abandoned()
    {
        await Grain.BeginAsync(CapabilityPhase.Grains, "jo");
        for (var third = 0; third < 6; third++)
        {
            _silo.Time.Advance(CapabilityGrain.Lease / 3);
            Assert.True(await Grain.RenewAsync(1));
        }

        Assert.Equal(TransitionOutcome.AnotherIsRunning, (await Grain.BeginAsync(CapabilityPhase.Grains, "mo")).Outcome);
        _silo.Time.Advance(CapabilityGrain.Lease);
        Assert.Null((await Grain.GetAsync()).Pending);

        var second = await Grain.BeginAsync(CapabilityPhase.Grains, "mo");

        Assert.Equal((TransitionOutcome.Begun, 2L), (second.Outcome, second.Attempt));
        Assert.False(await Grain.RenewAsync(1));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Grain.EndAsync(1, succeeded: true, "Too late."));
        Assert.Equal(CapabilityPhase.Monolith, (await Grain.GetAsync()).Phase);
    }

    [Fact]
    public async Task A_transition_survives_the_silo_and_gets_a_whole_lease_to_be_heard_of()
    {
        await Grain.BeginAsync(CapabilityPhase.Grains, "jo");
        await RestartAsync();

        Assert.Equal(TransitionOutcome.AnotherIsRunning, (await Grain.BeginAsync(CapabilityPhase.Grains, "mo")).Outcome);
        Assert.True(await Grain.RenewAsync(1));
        Assert.Equal(CapabilityPhase.Grains, (await Grain.EndAsync(1, succeeded: true, "Imported.")).Phase);
    }

    [Fact]
    public async Task Ending_an_attempt_once_more_gives_the_same_answer()
    {
        await Grain.BeginAsync(CapabilityPhase.Grains, "jo");
        var first = await Grain.EndAsync(1, succeeded: true, "Imported.");

        Assert.Equal(first, await Grain.EndAsync(1, succeeded: true, "Imported."));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Grain.EndAsync(1, succeeded: false, "After all not."));
    }

    [Fact]
    public async Task A_capability_that_is_there_already_is_not_switched()
    {
        Assert.Equal(TransitionOutcome.AlreadyThere, (await Grain.BeginAsync(CapabilityPhase.Monolith, "jo")).Outcome);
        Assert.Equal(0, _storage.Writes);
    }

    [Fact]
    public async Task A_phase_that_could_not_be_stored_is_not_told()
    {
        await Grain.BeginAsync(CapabilityPhase.Grains, "jo");
        _storage.FailNextWrite();

        await Assert.ThrowsAnyAsync<Exception>(() => Grain.EndAsync(1, succeeded: true, "Imported."));

        Assert.Equal(CapabilityPhase.Monolith, (await Grain.GetAsync()).Phase);
        Assert.Equal(CapabilityPhase.Grains, (await Grain.EndAsync(1, succeeded: true, "Imported.")).Phase);
    }

    private async Task RestartAsync()
    {
        await _silo.DisposeAsync();
        _silo = await CapabilitySilo.StartAsync(_storage);
    }
}
