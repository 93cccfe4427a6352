using OrleansShop.Testing.Emulators;

namespace OrleansShop.Testing.DynamoDB;

/// <summary>Amazon's DynamoDB Local. It accepts any credentials.</summary>
public static class DynamoDBServer
{
    private const string Package = "amplify-dynamodb-simulator";
    private const string MemoryFolder = "/dev/shm";

    /// <summary>Starts one.</summary>
    /// <param name="outlivesStops">Whether what it stores is in its folder, and still there when it is stopped and started again; else it is in its memory.</param>
    /// <exception cref="InvalidOperationException">It cannot be had here, and why.</exception>
    public static async Task<EmulatorServer> StartAsync(bool outlivesStops = false)
    {
        var programs = Path.Combine(await EmulatorPackages.FindAsync(Package), "emulator");
        var folder = NewFolder();
        string[] storage = outlivesStops ? ["-dbPath", folder] : ["-inMemory"];
        return await EmulatorServer.StartAsync(new EmulatorPlan
        {
            Name = "DynamoDB Local",
            Folder = folder,
            Command = port =>
            [
                "java", "-Xmx512m", $"-Djava.library.path={Path.Combine(programs, "DynamoDBLocal_lib")}", "-jar", Path.Combine(programs, "DynamoDBLocal.jar"),
                .. storage, "-port", $"{port}", "-disableTelemetry",
            ],
            Endpoint = static port => $"http://127.0.0.1:{port}",
            Probe = ProbeAsync,
            PortTaken = "Address already in use",
        });
    }

    // In memory where the machine has files there: each write of DynamoDB Local waits for the disk, some hundred milliseconds on a busy one.
    private static string NewFolder() => Directory.Exists(MemoryFolder)
        ? Directory.CreateDirectory(Path.Combine(MemoryFolder, $"orleansshop-dynamodb-{Guid.NewGuid():N}")).FullName
        : Directory.CreateTempSubdirectory("orleansshop-dynamodb-").FullName;

    // A request without credentials is refused with an error of the protocol: whoever says that is up.
    private static async Task ProbeAsync(string endpoint, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var answer = await client.GetAsync(new Uri(endpoint), cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!text.Contains("amazonaws", StringComparison.Ordinal)) throw new HttpRequestException($"{endpoint} answered {(int)answer.StatusCode}: {text}");
    }
}
