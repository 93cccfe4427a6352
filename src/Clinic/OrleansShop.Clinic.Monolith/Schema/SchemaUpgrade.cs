using System.Globalization;
using OrleansShop.Clinic.Monolith.Persistence;

namespace OrleansShop.Clinic.Monolith.Schema;

/// <summary>
/// Brings the database up to this program's schema before the first request: all missing scripts in one transaction, which other processes wait for. Refuses
/// to start on a database that is newer than the program or that ran a script which has changed since.
/// </summary>
internal sealed partial class SchemaUpgrade(IDatabaseDialect dialect, TimeProvider time, ILogger<SchemaUpgrade> logger) : IHostedLifecycleService
{
    private const string CreateVersionTable =
        """
        CREATE TABLE IF NOT EXISTS schema_version (
            version     INTEGER PRIMARY KEY,
            script      VARCHAR(200) NOT NULL,
            fingerprint VARCHAR(64) NOT NULL,
            applied_at  VARCHAR(40) NOT NULL
        )
        """;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var scripts = SchemaScript.AllFor(dialect.Name);
        await using var session = await dialect.BeginAsync(SessionPurpose.Upgrade, cancellationToken);
        await session.ExecuteAsync(CreateVersionTable, parameters: null);
        var applied = await session.QueryAsync<AppliedRow>(
            "SELECT version AS Version, fingerprint AS Fingerprint FROM schema_version ORDER BY version", parameters: null);
        CheckHistory(applied, scripts);

        foreach (var script in scripts.Skip(applied.Count)) await ApplyAsync(session, script);

        await session.CommitAsync();
        LogReady(dialect.Name, scripts.Count, scripts.Count - applied.Count);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ApplyAsync(ClinicSession session, SchemaScript script)
    {
        await session.ExecuteAsync(script.Sql, parameters: null);
        await session.ExecuteAsync(
            "INSERT INTO schema_version (version, script, fingerprint, applied_at) VALUES (@Version, @Name, @Fingerprint, @AppliedAt)",
            new { script.Version, script.Name, script.Fingerprint, AppliedAt = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) });
    }

    private static void CheckHistory(IReadOnlyList<AppliedRow> applied, IReadOnlyList<SchemaScript> scripts)
    {
        if (applied.Count > scripts.Count)
        {
            throw new InvalidOperationException(
                $"The database has schema version {applied[^1].Version}, this program knows versions up to {scripts.Count}: start a newer program, or restore an older database.");
        }

        foreach (var (row, script) in applied.Zip(scripts))
        {
            if (row.Version != script.Version || row.Fingerprint != script.Fingerprint)
            {
                throw new InvalidOperationException(
                    $"The schema script {script.Name} has changed since it ran on this database: put it back as it was, and add a new script for the change.");
            }
        }
    }

    private sealed class AppliedRow
    {
        public int Version { get; init; }

        public string Fingerprint { get; init; } = "";
    }
}
