using OrleansShop.Testing.Network;

namespace OrleansShop.Testing.Emulators;

/// <summary>A server on a port of its own, for tests. It can be stopped and started again, as an outage would.</summary>
public sealed class EmulatorServer : IAsyncDisposable
{
    private const int StartAttempts = 3;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(120);

    private readonly EmulatorPlan _plan;
    private int _port;
    private EmulatorProcess? _process;

    private EmulatorServer(EmulatorPlan plan) => _plan = plan;

    /// <summary>Where it answers, as its clients take it: a URL, or a connection string.</summary>
    public string Endpoint => _plan.Endpoint(_port);

    /// <summary>Starts one.</summary>
    /// <exception cref="InvalidOperationException">It does not start here, and why. Its folder is gone.</exception>
    public static async Task<EmulatorServer> StartAsync(EmulatorPlan plan)
    {
        var server = new EmulatorServer(plan);
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
                catch (InvalidOperationException portTaken) when (attempt < StartAttempts && portTaken.Message.Contains(plan.PortTaken, StringComparison.Ordinal))
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

    /// <summary>Starts the server again, on the same port. What it had in its memory is gone.</summary>
    public async Task StartAgainAsync()
    {
        if (_process is not null) throw new InvalidOperationException($"{_plan.Name} runs already, at {Endpoint}.");
        var process = EmulatorProcess.Start(Path.Combine(_plan.Folder, $"server-{_port}.log"), _plan.Command(_port), _plan.User, _plan.StopSignal);
        try
        {
            await process.WaitUntilItAnswersAsync(_plan.Name, cancellationToken => _plan.Probe(Endpoint, cancellationToken), StartTimeout);
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
        Directory.Delete(_plan.Folder, recursive: true);
    }
}
