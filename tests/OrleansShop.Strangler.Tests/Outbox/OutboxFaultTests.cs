using Xunit;

namespace OrleansShop.Strangler.Tests.Outbox;

/// <summary>The guarantee of the outbox under faults at every step, in runs that a seed decides and repeats exactly.</summary>
public sealed class OutboxFaultTests
{
    private const int SeedsPerRun = 250;
    private const int Steps = 400;

    public static TheoryData<int> FirstSeeds => [1, 1001, 2001, 3001];

    [Theory]
    [MemberData(nameof(FirstSeeds))]
    public void Whatever_is_lost_every_stored_event_is_published_in_order_and_no_other_is(int firstSeed)
    {
        var (committed, repeated) = (0, 0);
        for (var seed = firstSeed; seed < firstSeed + SeedsPerRun; seed++)
        {
            var run = RunOne(seed, withFaults: true);
            committed += run.Committed;
            repeated += run.Duplicates;
        }

        // The faults did something: without them the test would say nothing.
        Assert.True(committed > SeedsPerRun * 10, $"only {committed} events were stored");
        Assert.True(repeated > 0, "no crash hit the time between publishing and noting");
    }

    [Fact]
    public void Without_faults_no_event_is_published_twice()
    {
        for (var seed = 1; seed <= SeedsPerRun; seed++) Assert.Equal(0, RunOne(seed, withFaults: false).Duplicates);
    }

    private static (int Committed, int Duplicates) RunOne(int seed, bool withFaults)
    {
        using var world = new OutboxWorld(seed);
        try
        {
            world.Run(Steps, withFaults);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new InvalidOperationException($"Seed {seed}: {failure.Message}", failure);
        }

        return (world.Committed, world.Duplicates);
    }
}
