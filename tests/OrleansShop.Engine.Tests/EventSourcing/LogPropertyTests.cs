using Xunit;

namespace OrleansShop.Engine.Tests.EventSourcing;

/// <summary>Three activations of one grain write one record, with storage that fails, answers late or not at all; compared with what a plain list would have.</summary>
public sealed class LogPropertyTests(ITestOutputHelper output)
{
    private const int Steps = 300;
    private const int FixedSeeds = 40;

    public static TheoryData<string, int> Seeds
    {
        get
        {
            var seeds = new TheoryData<string, int>();
            foreach (var provider in new[] { "log", "state" })
            {
                for (var seed = 1; seed <= FixedSeeds; seed++) seeds.Add(provider, seed);
            }

            return seeds;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_event_is_in_the_log_once_or_was_refused(string provider, int seed) => Run(provider, seed);

    [Theory]
    [InlineData("log")]
    [InlineData("state")]
    public void Every_event_is_in_the_log_once_or_was_refused_with_a_new_seed(string provider) => Run(provider, (int)(TimeProvider.System.GetTimestamp() & int.MaxValue));

    private void Run(string provider, int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var world = new LogWorld(provider == "log" ? new Orleans.EventSourcing.LogStorage.LogConsistencyProvider() : new Orleans.EventSourcing.StateStorage.LogConsistencyProvider(), writers: 3);
        var raised = new List<Raised>();
        var waits = new List<Task>();
        foreach (var writer in world.Writers) waits.Add(world.Do(writer.View.PreOnActivate));
        for (var step = 0; step < Steps; step++) Step(world, random, raised, waits, step);

        world.Settle();
        foreach (var writer in world.Writers) waits.Add(world.Do(writer.View.Synchronize));
        world.Settle();

        Assert.All(world.Writers, static writer => Assert.Null(writer.Fault));
        Assert.All(waits, static wait => Assert.True(wait.IsCompletedSuccessfully));
        Assert.Empty(world.Violations);
        CheckLog(world.Stored, raised, world.Writers.Length);
        Assert.All(world.Writers, writer =>
        {
            Assert.Equal(world.Stored, writer.View.ConfirmedView.Names);
            Assert.Equal(world.Stored.Count, writer.View.ConfirmedVersion);
            Assert.Equal(world.Stored, writer.View.TentativeView.Names);
            Assert.Empty(writer.View.UnconfirmedSuffix);
        });
    }

    private static void Step(LogWorld world, Random random, List<Raised> raised, List<Task> waits, int step)
    {
        var index = random.Next(world.Writers.Length);
        var view = world.Writers[index].View;
        switch (random.Next(12))
        {
            case 0 or 1:
                Raise(isConditional: false);
                break;
            case 2:
                Raise(isConditional: true);
                break;
            case 3:
                waits.Add(world.Do(view.ConfirmSubmittedEntries));
                break;
            case 4:
                waits.Add(world.Do(view.Synchronize));
                break;
            case 5 when world.Storage.LaterCount != 0:
                var late = world.Storage.DoLater(random.Next(world.Storage.LaterCount));
                Assert.True(late.IsCompletedSuccessfully);
                break;
            case 6:
                world.Time.Advance(TimeSpan.FromMilliseconds(random.Next(500)));
                world.Pump.RunAll();
                break;
            case > 6 when world.Storage.WaitingCount != 0:
                world.Storage.Settle(random.Next(world.Storage.WaitingCount), (Outcome)Math.Max(0, random.Next(8) - 4));
                world.Pump.RunAll();
                break;
        }

        void Raise(bool isConditional)
        {
            var names = Enumerable.Range(0, random.Next(1, 4)).Select(i => $"{index}.{step}.{i}").ToList();
            var entries = names.Select(static name => new Entry(name)).ToList();
            var position = view.ConfirmedVersion + view.UnconfirmedSuffix.Count();
            var outcome = isConditional ? world.Do(() => view.TryAppendRange(entries)) : null;
            if (outcome is null) world.Pump.Do(() => view.SubmitRange(entries));
            else waits.Add(outcome);
            raised.Add(new Raised(index, names, position, outcome));
        }
    }

    private static void CheckLog(List<string> log, List<Raised> raised, int writers)
    {
        Assert.Equal(log.Count, log.Distinct().Count());
        foreach (var each in raised)
        {
            var at = log.IndexOf(each.Names[0]);
            if (each.WasRefused)
            {
                Assert.DoesNotContain(log, each.Names.Contains);
                continue;
            }

            // All of them, together and in order; a conditional one where it was meant to be.
            Assert.True(at >= 0, $"{each.Names[0]} is not in the log.");
            Assert.Equal(each.Names, log.Skip(at).Take(each.Names.Count));
            if (each.Outcome is not null) Assert.Equal(each.Position, at);
        }

        Assert.Equal(log.Count, raised.Where(static each => !each.WasRefused).Sum(static each => each.Names.Count));
        for (var writer = 0; writer < writers; writer++)
        {
            var inOrder = raised.Where(each => each.Writer == writer && !each.WasRefused).Select(each => log.IndexOf(each.Names[0])).ToList();
            Assert.Equal(inOrder.Order(), inOrder);
        }
    }

    private sealed record Raised(int Writer, List<string> Names, int Position, Task<bool>? Outcome)
    {
        public bool WasRefused => Outcome is not null && !TurnPump.ResultOf(Outcome);
    }
}
