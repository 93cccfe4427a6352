using System.Globalization;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;
using OrleansShop.Strangler.Simulation.Monolith;
using OrleansShop.Strangler.Simulation.Scheduling;

namespace OrleansShop.Strangler.Simulation;

/// <summary>
/// Live moves under faults, and the checker's own proof: that it finds faults which are planted. <c>STRANGLER_SEEDS</c> is the number of seeds to run (default 600), <c>STRANGLER_FIRST_SEED</c> the first of them,
/// <c>STRANGLER_REPLAY</c> a single seed, whose trace is written into the test's output.
/// </summary>
public sealed class MoveSimulationTests(ITestOutputHelper output)
{
    private const int DefaultSeeds = 600;

    /// <summary>Within how many seeds a planted fault has to be found.</summary>
    private const int Bound = 2000;

    [Fact]
    public void Whatever_is_lost_late_or_repeated_what_clients_see_of_an_entity_happened_in_one_order()
    {
        if (Number("STRANGLER_REPLAY") is { } seed)
        {
            var (replayed, trace) = Seeds.Replay(seed, new Rules(), Environment.GetEnvironmentVariable("STRANGLER_FAULTS") == "none" ? Faults.None : Faults.Many);
            output.WriteLine(trace);
            Assert.True(replayed is null, replayed);
            return;
        }

        var totals = new Seeds.Totals();
        var violation = Seeds.FindViolation(static () => new Rules(), Faults.Many, Number("STRANGLER_FIRST_SEED") ?? 1, Number("STRANGLER_SEEDS") ?? DefaultSeeds, totals);

        output.WriteLine(totals.ToString());
        Assert.True(violation is null, $"Seed {violation?.Seed}: {violation?.Violation}\nSTRANGLER_REPLAY={violation?.Seed} shows its trace.");
        Assert.True(totals.Lagged > 0, "changes lag");
        Assert.All(totals.Steps.Skip(1), static count => Assert.True(count > 0, "every step is reached"));
    }

    [Fact]
    public void Without_faults_clients_see_no_errors_of_moves()
    {
        var totals = new Seeds.Totals();
        var violation = Seeds.FindViolation(static () => new Rules(), Faults.None, first: 1, count: 200, totals);

        output.WriteLine(totals.ToString());
        Assert.True(violation is null, $"Seed {violation?.Seed}: {violation?.Violation}");
        Assert.Equal(0, totals.Errors);
        Assert.True(totals.Repairs > 0, "gateways had something to repair");
    }

    [Fact]
    public void A_seed_decides_everything() =>
        Assert.Equal(Seeds.Replay(7, new Rules(), Faults.Many), Seeds.Replay(7, new Rules(), Faults.Many));

    [Fact]
    public void A_missing_fence_is_found() => Finds(static () => new WithoutFence());

    [Fact]
    public void An_apply_that_does_not_check_the_epoch_is_found() => Finds(static () => new WithoutEpochCheck());

    [Fact]
    public void An_apply_that_does_not_check_the_version_is_found() => Finds(static () => new WithoutVersionCheck());

    [Fact]
    public void Creations_that_are_acknowledged_before_they_are_applied_are_found() => Finds(static () => new WithCreationsAcknowledgedFirst());

    [Fact]
    public void Returns_that_are_sent_before_it_is_stored_that_they_begin_are_found() => Finds(static () => new WithUnstoredReturns());

    [Fact]
    public void A_gateway_that_repeats_what_may_have_happened_is_found() => Finds(static () => new WithRepeatedRequests());

    [Fact]
    public void Lagging_changes_that_are_taken_for_applied_are_found() => Finds(static () => new WithForgottenLag());

    private void Finds(Func<Rules> rules)
    {
        var found = Seeds.FindViolation(rules, Faults.Many, first: 1, count: Bound);

        Assert.True(found is not null, $"Nothing was found in {Bound} seeds.");
        output.WriteLine($"Seed {found.Value.Seed}: {found.Value.Violation}");
    }

    private static int? Number(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private sealed class WithoutFence : Rules
    {
        public override bool HasFences => false;
    }

    private sealed class WithoutEpochCheck : Rules
    {
        public override LedgerDecision Apply(LedgerEntry? entry, EntityChange change) =>
            base.Apply(entry, entry is { } known && change.Owner == EntityOwner.Grains ? change with { Epoch = known.Epoch } : change);
    }

    private sealed class WithoutVersionCheck : Rules
    {
        public override LedgerDecision Apply(LedgerEntry? entry, EntityChange change) =>
            base.Apply(entry, change) is { Outcome: LedgerOutcome.Stale } ? LedgerDecision.Done(entry) : base.Apply(entry, change);
    }

    private sealed class WithCreationsAcknowledgedFirst : Rules
    {
        public override bool AppliesCreationsFirst => false;
    }

    private sealed class WithUnstoredReturns : Rules
    {
        public override bool StoresReturnsFirst => false;
    }

    private sealed class WithForgottenLag : Rules
    {
        public override bool AppliesWhatLags => false;
    }

    private sealed class WithRepeatedRequests : Rules
    {
        public override bool RepeatsUnknownRequests => true;
    }
}
