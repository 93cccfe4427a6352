using System.Diagnostics;
using System.Globalization;

namespace OrleansShop.Benchmarks.Engine;

/// <summary>This program as another process: a silo that lives until its input ends, or one that only shows how long a start takes.</summary>
internal static class BenchmarkRole
{
    private const string Ready = "ready";

    /// <summary>Runs as the process that <see cref="StartAsync"/> asked for.</summary>
    public static async Task<int> RunAsync(string role, string[] args)
    {
        var ports = args.Select(arg => int.Parse(arg, CultureInfo.InvariantCulture)).ToArray();
        using var host = BenchmarkSilo.Build(ports[0], ports[1], ports.Length > 2 ? ports[2] : null);
        await host.StartAsync();
        var sinceProcessStart = (TimeProvider.System.GetLocalNow() - Process.GetCurrentProcess().StartTime).TotalMilliseconds;
        Console.WriteLine(role == "start" ? sinceProcessStart.ToString(CultureInfo.InvariantCulture) : Ready);
        if (role == "silo")
        {
            // The parent holds our input open; when it ends, however it ends, so do we.
            await Console.In.ReadToEndAsync();
        }

        await host.StopAsync();
        return 0;
    }

    /// <summary>Starts this program in a role, on the ports that the role takes, and waits until it is ready.</summary>
    public static async Task<RoleProcess> StartAsync(string role, string[] ports, CancellationToken cancellationToken)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["--role", role, .. ports])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken);
        return line is null
            ? throw new InvalidOperationException($"The {role} process ended with {process.ExitCode} before it was ready.")
            : new RoleProcess(process, line);
    }

    /// <summary>A process in a role; disposing it ends it.</summary>
    internal sealed class RoleProcess(Process process, string firstLine) : IAsyncDisposable
    {
        public string FirstLine { get; } = firstLine;

        public async ValueTask DisposeAsync()
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
