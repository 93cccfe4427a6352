using System.Diagnostics;

namespace OrleansShop.Testing.Emulators;

/// <summary>
/// A server as a child process that writes to its own log file. It ends with the test process, however that ends: a small shell beside it waits for the end
/// of its standard input, which is a pipe that only the test process holds.
/// </summary>
public sealed class EmulatorProcess : IAsyncDisposable
{
    // $1 is the log file, $2 the signal that stops the server kindly, the rest is the server's command line.
    private const string Supervisor =
        """
        log=$1; signal=$2; shift 2
        exec 3<&0
        "$@" </dev/null >>"$log" 2>&1 3<&- &
        server=$!
        (cat <&3 >/dev/null; kill -s "$signal" $server) >/dev/null 2>&1 &
        watcher=$!
        wait $server; status=$?
        kill $watcher 2>/dev/null
        exit $status
        """;

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    private readonly Process _supervisor;

    private EmulatorProcess(Process supervisor, string logFile)
    {
        _supervisor = supervisor;
        LogFile = logFile;
    }

    public string LogFile { get; }

    public bool HasExited => _supervisor.HasExited;

    /// <summary>Starts a server. <paramref name="user"/> is who runs it.</summary>
    public static EmulatorProcess Start(string logFile, IReadOnlyList<string> command, ServerUser? user, string stopSignal)
    {
        IReadOnlyList<string> supervised = ["sh", "-c", Supervisor, "supervisor", logFile, stopSignal, .. command];
        var full = user is null ? supervised : user.Prefix(supervised);
        var start = new ProcessStartInfo(full[0], full.Skip(1)) { RedirectStandardInput = true, WorkingDirectory = Path.GetTempPath() };

        return new EmulatorProcess(Process.Start(start) ?? throw new InvalidOperationException($"{full[0]} did not start."), logFile);
    }

    /// <summary>Waits until the server answers <paramref name="probe"/> without an exception. When it never does, the exception says why and shows the log.</summary>
    public async Task WaitUntilItAnswersAsync(string name, Func<CancellationToken, Task> probe, TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout);
        while (true)
        {
            Exception failure;
            try
            {
                await probe(deadline.Token);
                return;
            }
            catch (Exception notYet)
            {
                failure = notYet;
            }

            if (HasExited) throw await FailureAsync($"{name} ended with {_supervisor.ExitCode} while it was starting.", failure);
            if (deadline.IsCancellationRequested) throw await FailureAsync($"{name} did not answer within {timeout}.", failure);
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The end of its standard input tells the supervisor to stop the server.
        _supervisor.StandardInput.Close();
        using var deadline = new CancellationTokenSource(StopTimeout);
        try
        {
            await _supervisor.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            _supervisor.Kill(entireProcessTree: true);
        }

        _supervisor.Dispose();
    }

    private async Task<InvalidOperationException> FailureAsync(string what, Exception cause)
    {
        var log = File.Exists(LogFile) ? await File.ReadAllTextAsync(LogFile) : "(no log)";
        return new InvalidOperationException($"{what}\n--- {LogFile}\n{log}", cause);
    }
}
