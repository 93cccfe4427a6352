using System.Globalization;
using OrleansShop.EndToEnd.Tests.Moves.Faults;
using OrleansShop.EndToEnd.Tests.Moves.Running;
using OrleansShop.Testing.DynamoDB;
using OrleansShop.Testing.PostgreSql;
using Xunit;

namespace OrleansShop.EndToEnd.Tests.Moves;

/// <summary>
/// Capabilities move entity by entity, forwards and back, while clients write through two gateways and processes die at each step: nothing that was acknowledged is lost, nothing that was refused appears, and no client sees an
/// error because of a move. The environment variables ORLEANSSHOP_CHECKER_MINUTES and ORLEANSSHOP_CHECKER_SEED make a long run of it, and another one.
/// </summary>
public sealed class MoveCheckerTests(DynamoDBFixture dynamoDB, PostgreSqlFixture postgreSql, ITestOutputHelper output)
{
    private const int DefaultSeed = 20_261;

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("ORLEANSSHOP_CHECKER_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : DefaultSeed;

    private static TimeSpan Disturbed => double.TryParse(Environment.GetEnvironmentVariable("ORLEANSSHOP_CHECKER_MINUTES"), CultureInfo.InvariantCulture, out var minutes) ? TimeSpan.FromMinutes(minutes) : TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Nothing_is_lost_and_nobody_sees_a_move_on_SQLite_while_processes_are_killed_at_its_steps() => await CheckAsync(Sqlite, Seed);

    [Fact]
    public async Task Nothing_is_lost_and_nobody_sees_a_move_on_PostgreSQL_while_processes_are_killed_at_its_steps() =>
        await CheckAsync(async _ => new PostgreSqlClinicDatabase(await postgreSql.CreateDatabaseAsync()), Seed + 1);

    [Fact]
    public async Task A_fence_that_is_missing_is_found()
    {
        await using var clinic = await CheckedClinic.StartAsync(Sqlite, await dynamoDB.EndpointAsync(), new ClinicPlan { SecondGatewayFollows = TimeSpan.FromMinutes(1) });
        using var stop = new CancellationTokenSource();
        var dropping = DropFencesAsync(clinic.Database, stop.Token);

        var report = await new MoveRun(clinic, Seed).RunAsync(new MovePlan { Undisturbed = TimeSpan.FromMinutes(1), EndsAtFirstViolation = true, EndsThereAndBack = false });

        await stop.CancelAsync();
        await dropping;
        Assert.True(report.Wrong.Count > 0, $"{report}");
    }

    private static Task<ClinicDatabase> Sqlite(string folder) => Task.FromResult<ClinicDatabase>(new SqliteClinicDatabase(Path.Combine(folder, "monolith.db")));

    private static async Task DropFencesAsync(ClinicDatabase database, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await database.DropFencesAsync();
            await Task.Delay(100, CancellationToken.None);
        }
    }

    private async Task CheckAsync(Func<string, Task<ClinicDatabase>> database, int seed)
    {
        await using var clinic = await CheckedClinic.StartAsync(database, await dynamoDB.EndpointAsync(), new ClinicPlan());
        var faults = Fault.All.ToArray();
        new Random(seed).Shuffle(faults);

        var report = await new MoveRun(clinic, seed).RunAsync(new MovePlan { Undisturbed = TimeSpan.FromSeconds(10), Disturbed = Disturbed, Faults = faults });

        output.WriteLine(report.ToString());
        if (!report.IsGood) await WriteLogsAsync(clinic, seed);
        Assert.True(report.IsGood, $"{report}");
    }

    private static async Task WriteLogsAsync(CheckedClinic clinic, int seed)
    {
        if (Environment.GetEnvironmentVariable("ORLEANSSHOP_CHECKER_LOGS") is { Length: > 0 } folder) await File.WriteAllTextAsync(Path.Combine(folder, $"{clinic.Database.Provider}-{seed}.log"), clinic.Logs());
    }
}
