using OrleansShop.Testing.Emulators;

namespace OrleansShop.Testing.Sqs;

/// <summary>
/// An emulator of SQS and SNS. It accepts any credentials, and has as many regions as are asked for. Everything is in its memory: its queues are gone when it
/// is stopped.
/// </summary>
public static class SqsServer
{
    private const string Package = "fauxqs";
    private const string Script = "fauxqs.mjs";

    /// <summary>Starts one.</summary>
    /// <exception cref="InvalidOperationException">It cannot be had here, and why.</exception>
    public static async Task<EmulatorServer> StartAsync()
    {
        var script = Path.Combine(await EmulatorPackages.FindAsync(Package), "..", "..", Script);
        return await EmulatorServer.StartAsync(new EmulatorPlan
        {
            Name = "The emulator of SQS",
            Folder = Directory.CreateTempSubdirectory("orleansshop-sqs-").FullName,
            Command = port => ["env", $"FAUXQS_PORT={port}", "node", script],
            Endpoint = static port => $"http://127.0.0.1:{port}",
            Probe = ProbeAsync,
            PortTaken = "EADDRINUSE",
        });
    }

    private static async Task ProbeAsync(string endpoint, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var text = await client.GetStringAsync(new Uri($"{endpoint}/health"), cancellationToken);
        if (!text.Contains("ok", StringComparison.Ordinal)) throw new HttpRequestException($"{endpoint} answered: {text}");
    }
}
