using System.Diagnostics;
using OrleansShop.Testing.Processes;

namespace OrleansShop.EndToEnd.Tests.Systems;

/// <summary>What a run of shopctl printed and how it ended.</summary>
internal sealed record ShopctlResult(int ExitCode, string Output);

/// <summary>The real command line tool, as its own process.</summary>
internal static class Shopctl
{
    public static async Task<ShopctlResult> RunAsync(Uri gateway, string workingDirectory, params string[] arguments)
    {
        await using var process = ServiceProcess.Start("src/Tools/OrleansShop.Cli", ["--gateway", gateway.ToString(), .. arguments], workingDirectory, "shopctl");
        var deadline = Stopwatch.StartNew();
        while (!process.HasExited)
        {
            if (deadline.Elapsed > TimeSpan.FromSeconds(60))
            {
                throw new InvalidOperationException($"shopctl {string.Join(' ', arguments)} did not end. It printed:\n{process.Output}");
            }

            await Task.Delay(20);
        }

        return new ShopctlResult(process.ExitCode, process.Output);
    }
}
