using OrleansShop.Testing.Turns;
using Xunit;

namespace OrleansShop.Conventions.Tests;

/// <summary>Assemblies whose tests need the machine for themselves run one after the other.</summary>
public sealed class MachineTurnTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public void Tests_that_start_processes_take_turns()
    {
        string[] uses = ["OrleansShop.Testing.Processes", "OrleansShop.Testing.Clusters", "OrleansShop.Engine.Simulation.Workers"];
        var tests = Repository.Source.Where(static file => file.Path.StartsWith("tests/", StringComparison.Ordinal))
            .GroupBy(static file => file.Path.Split('/')[1], static file => Repository.Read(file.Path))
            .Where(static project => project.Key is not ("OrleansShop.Testing" or "OrleansShop.Benchmarks" or "OrleansShop.Conventions.Tests"))
            .Where(project => project.Any(text => uses.Any(use => text.Contains($"using {use};", StringComparison.Ordinal)))).ToList();

        Assert.NotEmpty(tests);
        Expect.None(
            tests.Where(static project => !project.Any(static text => text.Contains("[assembly: AssemblyFixture(typeof(MachineTurn))]", StringComparison.Ordinal))).Select(static project => project.Key),
            "Start processes, and are no fixture of MachineTurn:");
    }

    [Fact]
    public async Task A_turn_comes_when_the_one_before_has_ended_and_one_that_waits_too_long_is_told_who_has_it()
    {
        var folder = Directory.CreateTempSubdirectory("turns-");
        try
        {
            var path = Path.Combine(folder.FullName, "turn");
            var (first, second) = (MachineTurn.At(path, Long), MachineTurn.At(path, Long));
            await first.InitializeAsync();
            var waiting = second.InitializeAsync().AsTask();

            var late = await Assert.ThrowsAsync<TimeoutException>(async () => await MachineTurn.At(path, TimeSpan.Zero).InitializeAsync());
            Assert.Contains($"process {Environment.ProcessId}, ", late.Message, StringComparison.Ordinal);
            Assert.False(waiting.IsCompleted);

            await first.DisposeAsync();
            await waiting;
            await second.DisposeAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
