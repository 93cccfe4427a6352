using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using OrleansShop.Testing.Emulators;

namespace OrleansShop.Testing.Processes;

/// <summary>One of the repository's executables as a process of its own, with what it prints kept for the report of a failure.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(40);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private ServiceProcess(string project, Process process)
    {
        Project = project;
        _process = process;
    }

    /// <summary>The name of the project that runs.</summary>
    public string Project { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Everything that it has printed so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Starts the built assembly of a project in the configuration that this test was built in.</summary>
    /// <param name="project">Its folder, such as <c>src/Hosting/OrleansShop.AppHost</c>.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="workingDirectory">Where it starts; the temp folder of the test.</param>
    /// <param name="assembly">The name of its assembly, if that is not the name of the project.</param>
    /// <param name="prefix">A command that the process is started by and that becomes it, such as <c>ip netns exec</c>; null for none.</param>
    public static ServiceProcess Start(string project, IEnumerable<string> arguments, string workingDirectory, string? assembly = null, IReadOnlyList<string>? prefix = null)
    {
        var name = Path.GetFileName(project);
        var bin = Path.Combine(RepositoryRoot.Path, project, "bin", Configuration, "net10.0", $"{assembly ?? name}.dll");
        if (!File.Exists(bin))
        {
            throw new FileNotFoundException($"{bin} is not built; build the solution first.");
        }

        string[] command = [.. prefix ?? [], "dotnet", bin, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment.Remove("ASPNETCORE_URLS");
        start.Environment["DOTNET_NOLOGO"] = "1";
        var service = new ServiceProcess(name, new Process { StartInfo = start });
        service._process.OutputDataReceived += (_, line) => service.Keep(line.Data);
        service._process.ErrorDataReceived += (_, line) => service.Keep(line.Data);
        service._process.Start();
        service._process.BeginOutputReadLine();
        service._process.BeginErrorReadLine();
        return service;
    }

    /// <summary>Waits until the process has printed a line that a function finds something in.</summary>
    /// <exception cref="InvalidOperationException">The process ended, or the deadline passed; the message has what it printed.</exception>
    public async Task<T> WaitForAsync<T>(Func<string, T?> find)
        where T : class
    {
        var deadline = Stopwatch.StartNew();
        while (deadline.Elapsed < StartDeadline)
        {
            if (find(Output) is { } found)
            {
                return found;
            }

            if (HasExited)
            {
                break;
            }

            await Task.Delay(20);
        }

        throw new InvalidOperationException($"{Project} {(HasExited ? $"ended with {ExitCode}" : "did not get ready in time")}. It printed:\n{Output}");
    }

    /// <summary>Waits until an address answers 200.</summary>
    /// <exception cref="InvalidOperationException">The process ended, or the deadline passed; the message has what it printed.</exception>
    public async Task WaitUntilReadyAsync(string address)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var deadline = Stopwatch.StartNew();
        while (deadline.Elapsed < StartDeadline && !HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(address));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
            {
                // It does not listen yet.
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException($"{Project} {(HasExited ? $"ended with {ExitCode}" : $"did not answer at {address} in time")}. It printed:\n{Output}");
    }

    /// <summary>Asks the process to stop, as a container platform does, and waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await SignalAsync("-TERM");
        return await EndAsync();
    }

    /// <summary>Presses Ctrl-C.</summary>
    public async Task<int> InterruptAsync()
    {
        await SignalAsync("-INT");
        return await EndAsync();
    }

    /// <summary>Has the process stand still, as an overloaded machine does, until <see cref="ContinueAsync"/>.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    /// <summary>Has the process go on.</summary>
    public Task ContinueAsync() => SignalAsync("-CONT");

    /// <summary>Ends the process without any warning.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits for the end of the process, which something else brings about.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="InvalidOperationException">It did not end in time; the message has what it printed.</exception>
    public async Task<int> EndAsync()
    {
        using var deadline = new CancellationTokenSource(StopDeadline);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException($"{Project} did not end within {StopDeadline}. It printed:\n{Output}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static string Configuration => AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
        }
    }
}
