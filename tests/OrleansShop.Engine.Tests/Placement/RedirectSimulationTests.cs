using Xunit;

namespace OrleansShop.Engine.Tests.Placement;

/// <summary>The protocol of redirects and handoff under everything that can happen to a cluster. A seed that fails replays exactly.</summary>
public sealed class RedirectSimulationTests
{
    private const int Steps = 1500;
    private const int SeedsEach = 100;

    public static TheoryData<int> FirstSeeds => [1, 1001, 2001, 3001];

    [Theory]
    [MemberData(nameof(FirstSeeds))]
    public void No_grain_has_two_activations_on_living_silos(int first)
    {
        var (executed, elsewhere) = (0, 0);
        for (var seed = first; seed < first + SeedsEach; seed++)
        {
            try
            {
                var cluster = new SimulatedCluster(seed);
                for (var step = 0; step < Steps; step++)
                    cluster.Step();
                cluster.Settle();
                executed += cluster.Executed;
                elsewhere += cluster.ExecutedElsewhere;
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Seed {seed}: {failure.Message}", failure);
            }
        }

        // A run in which hardly anything ran would prove nothing.
        Assert.True(executed > SeedsEach * 20, $"{executed} calls were executed.");
        Assert.True(elsewhere > SeedsEach * 5, $"{elsewhere} calls were executed away from the owner.");
    }
}
