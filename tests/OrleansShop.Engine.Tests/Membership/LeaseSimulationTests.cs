using OrleansShop.Engine.Tests.Membership.Simulation;
using Xunit;

namespace OrleansShop.Engine.Tests.Membership;

/// <summary>Leases, views, handoff and fences under everything that can happen to a cluster. A seed that fails replays exactly.</summary>
public sealed class LeaseSimulationTests
{
    private const int SeedsEach = 10;
    private const int MostSeedsToCatch = 60;
    private static readonly TimeSpan s_trouble = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(60);

    public static TheoryData<int> FirstSeeds => [1, 101, 201, 301];

    [Theory]
    [MemberData(nameof(FirstSeeds))]
    public void No_turn_begins_while_another_silo_may_run_the_grain_and_no_overtaken_write_is_taken(int first)
    {
        var (turns, overtaken, fenced, takeovers) = (0, 0, 0, 0);
        for (var seed = first; seed < first + SeedsEach; seed++)
        {
            var cluster = Run(seed, Breakage.None);
            turns += cluster.Turns;
            overtaken += cluster.Overtaken;
            fenced += cluster.Fenced;
            takeovers += cluster.Takeovers;
        }

        // A run in which hardly anything happened would prove nothing.
        TestContext.Current.TestOutputHelper?.WriteLine($"{turns} turns, {overtaken} overtaken, {fenced} fenced, {takeovers} deaths seen");
        Assert.True(turns > SeedsEach * 5_000, $"{turns} turns ran.");
        Assert.True(takeovers > SeedsEach * 5, $"{takeovers} times a silo saw another die.");
        Assert.True(overtaken > 0, "No turn outlasted its silo's lease.");
    }

    [Theory]
    [InlineData(nameof(Breakage.NoLeaseCheck))]
    [InlineData(nameof(Breakage.NoAcknowledgement))]
    [InlineData(nameof(Breakage.NoFence))]
    public void A_broken_protocol_is_caught(string breakage)
    {
        for (var seed = 1; seed <= MostSeedsToCatch; seed++)
        {
            try
            {
                Run(seed, Enum.Parse<Breakage>(breakage));
            }
            catch (InvalidOperationException caught) when (caught.Message.Contains("begins on", StringComparison.Ordinal) || caught.Message.Contains("has written", StringComparison.Ordinal))
            {
                TestContext.Current.TestOutputHelper?.WriteLine(caught.Message[..Math.Min(500, caught.Message.Length)]);
                return;
            }
        }

        Assert.Fail($"{MostSeedsToCatch} seeds with {breakage} have passed.");
    }

    [Fact]
    public void A_seed_replays_exactly() => Assert.Equal(Run(7, Breakage.None).Trace, Run(7, Breakage.None).Trace);

    private static LeaseSimulation Run(int seed, Breakage breakage)
    {
        var cluster = new LeaseSimulation(seed, breakage);
        try
        {
            cluster.Run(s_trouble, s_calm);
            return cluster;
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"Seed {seed}: {failure.Message}{Environment.NewLine}{string.Join(Environment.NewLine, cluster.Trace.TakeLast(60))}", failure);
        }
    }
}
