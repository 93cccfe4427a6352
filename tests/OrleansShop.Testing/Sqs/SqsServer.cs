using OrleansShop.Testing.Emulators;
using OrleansShop.Testing.Network;

namespace OrleansShop.Testing.Sqs;

/// <summary>
/// An emulator of SQS and SNS on a port of its own, for tests. Everything is in its memory. It can be stopped and started again, as an outage would; its
/// queues are gone then.
/// </summary>
public sealed class SqsServer : IAsyncDisposable
{
    private const string Package = "fauxqs";
    private const string Script = "fauxqs.mjs";
    private const int StartAttempts = 3;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(120);

    private readonly string _script;
    private readonly string _folder = Directory.CreateTempSubdirectory("orleansshop-sqs-").FullName;
    private int _port;
    private EmulatorProcess? _process;

    private SqsServer(string script) => _script = script;

    /// <summary>Where it answers. It accepts any credentials, and has as many regions as are asked for.</summary>
    public string Endpoint => $"http://127.0.0.1:{_port}";

    /// <summary>Starts one.</summary>
    /// <exception cref="InvalidOperationException">It cannot be had here, and why.</exception>
    public static async Task<SqsServer> StartAsync()
    {
        var package = await EmulatorPackages.FindAsync(Package);
        var server = new SqsServer(Path.Combine(package, "..", "..", Script));
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
                catch (InvalidOperationException portTaken) when (attempt < StartAttempts && portTaken.Message.Contains("EADDRINUSE", StringComparison.Ordinal))
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

    /// <summary>Starts the server again, on the same port and empty.</summary>
    public async Task StartAgainAsync()
    {
        if (_process is not null) throw new InvalidOperationException($"The emulator of SQS runs already, at {Endpoint}.");
        var process = EmulatorProcess.Start(
            Path.Combine(_folder, $"server-{_port}.log"), ["node", _script], stopSignal: "TERM", environment: new Dictionary<string, string> { ["FAUXQS_PORT"] = $"{_port}" });
        try
        {
            await process.WaitUntilItAnswersAsync("The emulator of SQS", ProbeAsync, StartTimeout);
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

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var text = await client.GetStringAsync(new Uri($"{Endpoint}/health"), cancellationToken);
        if (!text.Contains("ok", StringComparison.Ordinal)) throw new HttpRequestException($"{Endpoint} answered: {text}");
    }
}
