using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using OrleansShop.Benchmarks.Gateway;

namespace OrleansShop.Benchmarks.Engine;

/// <summary>This program as another process: a silo or an echo that lives until its input ends, or a start that says how long it took.</summary>
internal static class BenchmarkRole
{
    private const string Ready = "ready";

    /// <summary>Runs as the process that <see cref="StartAsync"/> asked for.</summary>
    public static async Task<int> RunAsync(string role, string[] args)
    {
        switch (role)
        {
            case "silo":
                await SiloAsync([.. args.Select(arg => int.Parse(arg, CultureInfo.InvariantCulture))]);
                break;
            case "echo":
                await using (var echo = RawSockets.Echo.Start())
                {
                    Console.WriteLine(echo.Port);
                    await ParentEndsAsync();
                }

                break;
            case "owner-service":
                await using (var service = await OwnerServiceRole.StartAsync(args[0], args[1]))
                {
                    Console.WriteLine(service.Urls.First());
                    await ParentEndsAsync();
                }

                break;
            case "http-backend":
                await ServeAsync(ProxyRoles.Backend());
                break;
            case "bare-yarp":
                await ServeAsync(ProxyRoles.BareYarp(args[0]));
                break;
            case "gateway":
                await ServeAsync(ProxyRoles.Gateway(args[0], args[1]));
                break;
            case "start-silo":
                await StartOnlyAsync(args, () => BenchmarkSilo.Build(Port(args[1]), Port(args[2])));
                break;
            case "start-silo-dynamodb":
                await StartOnlyAsync(args, () => BenchmarkSilo.BuildOnDynamoDB(Port(args[1]), Port(args[2]), args[3]));
                break;
            case "start-host":
                await StartOnlyAsync(args, BenchmarkSilo.BuildBare);
                break;
            default:
                throw new ArgumentException($"There is no role {role}.", nameof(role));
        }

        return 0;
    }

    /// <summary>Starts this program in a role, and waits until it is ready.</summary>
    /// <param name="role">The role.</param>
    /// <param name="arguments">What the role takes.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<RoleProcess> StartAsync(string role, string[] arguments, CancellationToken cancellationToken)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["--role", role, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken);
        return line is null
            ? throw new InvalidOperationException($"The {role} process ended with {process.ExitCode} before it was ready.")
            : new RoleProcess(process, line);
    }

    private static async Task ServeAsync(WebApplication application)
    {
        await using (application)
        {
            await application.StartAsync();
            Console.WriteLine(application.Urls.First());
            await ParentEndsAsync();
        }
    }

    private static async Task SiloAsync(int[] ports)
    {
        using var host = BenchmarkSilo.Build(ports[0], ports[1], ports.Length > 2 ? ports[2] : null);
        await host.StartAsync();
        Console.WriteLine(Ready);
        await ParentEndsAsync();
        await host.StopAsync();
    }

    // Prints the milliseconds from the time stamp of the parent, which runs on the same monotonic clock, to each step; then the
    // milliseconds that all threads spent compiling, and the methods that they compiled.
    private static async Task StartOnlyAsync(string[] args, Func<IHost> build)
    {
        var asked = long.Parse(args[0], CultureInfo.InvariantCulture);
        var entered = Stopwatch.GetElapsedTime(asked);
        using var host = build();
        var built = Stopwatch.GetElapsedTime(asked);
        await host.StartAsync();
        var started = Stopwatch.GetElapsedTime(asked);
        var figures = new[]
        {
            entered.TotalMilliseconds, built.TotalMilliseconds, started.TotalMilliseconds, JitInfo.GetCompilationTime().TotalMilliseconds, JitInfo.GetCompiledMethodCount(),
        };
        Console.WriteLine(string.Join(' ', figures.Select(figure => figure.ToString(CultureInfo.InvariantCulture))));
        await host.StopAsync();
    }

    private static int Port(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    // The parent holds our input open; when it ends, however it ends, so do we.
    private static Task<string> ParentEndsAsync() => Console.In.ReadToEndAsync();

    /// <summary>A process in a role; disposing it ends it.</summary>
    internal sealed class RoleProcess(Process process, string firstLine) : IAsyncDisposable
    {
        public string FirstLine { get; } = firstLine;

        /// <summary>The processor's time that it has used so far.</summary>
        public TimeSpan ProcessorTime()
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }

        public async ValueTask DisposeAsync()
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
