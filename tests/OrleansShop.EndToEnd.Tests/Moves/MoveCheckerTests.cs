using System.Globalization;
using OrleansShop.EndToEnd.Tests.Moves.Faults;
using OrleansShop.EndToEnd.Tests.Moves.Running;
using OrleansShop.Testing.DynamoDB;
using Xunit;

namespace OrleansShop.EndToEnd.Tests.Moves;

/// <summary>
/// Capabilities move entity by entity, forwards and back, while clients write through two gateways and processes die at each step: nothing that was acknowledged is lost, nothing that was refused appears, and no client sees an
/// error because of a move. The environment variables ORLEANSSHOP_CHECKER_MINUTES and ORLEANSSHOP_CHECKER_SEED make a long run of it, and another one.
/// </summary>
public sealed class MoveCheckerTests(DynamoDBFixture dynamoDB, ITestOutputHelper output)
{
    private const int DefaultSeed = 20_261;

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("ORLEANSSHOP_CHECKER_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : DefaultSeed;

    private static TimeSpan? Long => double.TryParse(Environment.GetEnvironmentVariable("ORLEANSSHOP_CHECKER_MINUTES"), CultureInfo.InvariantCulture, out var minutes) ? TimeSpan.FromMinutes(minutes) : null;

    [Fact]
    public async Task Nothing_is_lost_and_nobody_sees_a_move_on_SQLite_while_processes_are_killed_at_its_steps() =>
        await CheckAsync(static folder => Task.FromResult<ClinicDatabase>(new SqliteClinicDatabase(Path.Combine(folder, "monolith.db"))));

    private async Task CheckAsync(Func<string, Task<ClinicDatabase>> database)
    {
        await using var clinic = await CheckedClinic.StartAsync(database, await dynamoDB.EndpointAsync(), new ClinicPlan());
        var faults = Fault.All.ToArray();
        new Random(Seed).Shuffle(faults);
        var report = await new MoveRun(clinic, Seed).RunAsync(undisturbed: TimeSpan.FromSeconds(12), Long ?? TimeSpan.FromSeconds(30), faults);
        output.WriteLine(report.ToString());
        if (!report.IsGood) await WriteLogsAsync(clinic);
        Assert.True(report.IsGood, $"{report}");
    }

    private static async Task WriteLogsAsync(CheckedClinic clinic)
    {
        if (Environment.GetEnvironmentVariable("ORLEANSSHOP_CHECKER_LOGS") is { Length: > 0 } file) await File.WriteAllTextAsync(file, clinic.Logs());
    }
}
