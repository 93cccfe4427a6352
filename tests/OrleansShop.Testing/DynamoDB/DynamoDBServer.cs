using OrleansShop.Testing.Emulators;
using OrleansShop.Testing.Network;

namespace OrleansShop.Testing.DynamoDB;

/// <summary>
/// Amazon's DynamoDB Local on a port of its own, for tests. It can be stopped and started again, as an outage would; then its tables are in a temporary
/// folder, and else in its memory.
/// </summary>
public sealed class DynamoDBServer : IAsyncDisposable
{
    private const string Package = "amplify-dynamodb-simulator";
    private const string MemoryFolder = "/dev/shm";
    private const int StartAttempts = 3;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(120);

    private readonly string _programs;
    private readonly string _folder;
    private readonly bool _outlivesStops;
    private int _port;
    private EmulatorProcess? _process;

    private DynamoDBServer(string programs, string folder, bool outlivesStops) => (_programs, _folder, _outlivesStops) = (programs, folder, outlivesStops);

    /// <summary>Where it answers. It accepts any credentials.</summary>
    public string Endpoint => $"http://127.0.0.1:{_port}";

    /// <summary>Starts one.</summary>
    /// <param name="outlivesStops">Whether what it stores is still there after <see cref="StopAsync"/> and <see cref="StartAgainAsync"/>.</param>
    /// <exception cref="InvalidOperationException">It cannot be had here, and why.</exception>
    public static async Task<DynamoDBServer> StartAsync(bool outlivesStops = false)
    {
        var programs = Path.Combine(await EmulatorPackages.FindAsync(Package), "emulator");
        var server = new DynamoDBServer(programs, NewFolder(), outlivesStops);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                server._port = FreePort.Next();
                try
                {
                    await server.StartAgainAsync();
                    return server;
                }
                catch (InvalidOperationException portTaken) when (attempt < StartAttempts && portTaken.Message.Contains("Address already in use", StringComparison.Ordinal))
                {
                    // Another process was faster; the next attempt takes another port.
                }
            }
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the server's process. Its port refuses connections until <see cref="StartAgainAsync"/>.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process) return;
        _process = null;
        await process.DisposeAsync();
    }

    /// <summary>Starts the server again, on the same port.</summary>
    public async Task StartAgainAsync()
    {
        if (_process is not null) throw new InvalidOperationException($"DynamoDB Local runs already, at {Endpoint}.");
        string[] storage = _outlivesStops ? ["-dbPath", _folder] : ["-inMemory"];
        var process = EmulatorProcess.Start(
            Path.Combine(_folder, $"server-{_port}.log"),
            [
                "java", "-Xmx512m", $"-Djava.library.path={Path.Combine(_programs, "DynamoDBLocal_lib")}", "-jar", Path.Combine(_programs, "DynamoDBLocal.jar"),
                .. storage, "-port", $"{_port}", "-disableTelemetry",
            ],
            stopSignal: "TERM");
        try
        {
            await process.WaitUntilItAnswersAsync("DynamoDB Local", ProbeAsync, StartTimeout);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }

        _process = process;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    // In memory where the machine has files there: each write of DynamoDB Local waits for the disk, some hundred milliseconds on a busy one.
    private static string NewFolder() => Directory.Exists(MemoryFolder)
        ? Directory.CreateDirectory(Path.Combine(MemoryFolder, $"orleansshop-dynamodb-{Guid.NewGuid():N}")).FullName
        : Directory.CreateTempSubdirectory("orleansshop-dynamodb-").FullName;

    // A request without credentials is refused with an error of the protocol: whoever says that is up.
    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var answer = await client.GetAsync(new Uri(Endpoint), cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!text.Contains("amazonaws", StringComparison.Ordinal)) throw new HttpRequestException($"{Endpoint} answered {(int)answer.StatusCode}: {text}");
    }
}
