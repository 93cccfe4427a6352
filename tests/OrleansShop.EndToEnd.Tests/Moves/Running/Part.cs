using System.Collections.Concurrent;
using OrleansShop.Testing.Processes;

namespace OrleansShop.EndToEnd.Tests.Moves.Running;

/// <summary>One process of the system, which can be killed, frozen, and started again with the same command line.</summary>
/// <param name="name">For the timeline.</param>
/// <param name="project">Its folder below the repository.</param>
/// <param name="address">Where it answers.</param>
/// <param name="folder">Where it starts.</param>
/// <param name="arguments">Its command line besides the address.</param>
internal sealed class Part(string name, string project, Uri address, string folder, IReadOnlyList<string> arguments) : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _endedOutputs = new();
    private ServiceProcess? _process;

    public string Name => name;

    public Uri Address => address;

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>What all of its processes have printed.</summary>
    public string Output => string.Join("\n=== started again ===\n", _endedOutputs.Append(_process?.Output ?? ""));

    /// <summary>Starts it if it does not run, and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        if (!IsRunning)
        {
            await EndAsync();
            _process = ServiceProcess.Start(project, ["--urls", address.ToString().TrimEnd('/'), .. arguments], folder);
        }

        await _process!.WaitUntilReadyAsync(new Uri(address, "health/ready").ToString());
    }

    public Task KillAsync() => IsRunning ? _process!.KillAsync() : Task.CompletedTask;

    public Task FreezeAsync() => _process!.FreezeAsync();

    public Task ContinueAsync() => _process!.ContinueAsync();

    public async ValueTask DisposeAsync() => await EndAsync();

    private async Task EndAsync()
    {
        if (_process is not { } ended) return;
        await ended.DisposeAsync();
        _endedOutputs.Enqueue(ended.Output);
        _process = null;
    }
}
