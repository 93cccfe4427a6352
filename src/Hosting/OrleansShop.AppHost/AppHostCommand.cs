using System.CommandLine;
using OrleansShop.AppHost.Showing;
using OrleansShop.AppHost.Starting;

namespace OrleansShop.AppHost;

/// <summary>The command line: where the data is, whether it starts afresh, where the gateway listens.</summary>
internal static class AppHostCommand
{
    private const string DefaultUrls = "http://127.0.0.1:8080";
    private const int StartFailed = 1;

    public static Task<int> RunAsync(string[] args)
    {
        var dataDir = new Option<DirectoryInfo>("--data-dir")
        {
            Description = "The folder that everything is kept in; created if it does not exist.",
            DefaultValueFactory = _ => new DirectoryInfo("data"),
        };
        var reset = new Option<bool>("--reset") { Description = "Delete what an earlier start kept in the data folder, and begin with the seed data." };
        var urls = new Option<string>("--urls")
        {
            Description = "Where the gateway listens, several addresses separated by ';'.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("ASPNETCORE_URLS") is { Length: > 0 } configured ? configured : DefaultUrls,
        };
        var command = new RootCommand("Runs the Pet Clinic monolith, its grain services, the bridge and the gateway in one process.") { dataDir, reset, urls };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(dataDir)!, parsed.GetValue(reset), parsed.GetValue(urls)!, cancellationToken));
        return command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static async Task<int> RunAsync(DirectoryInfo dataDir, bool reset, string urls, CancellationToken cancellationToken)
    {
        using var stop = new StopSignals(cancellationToken);
        try
        {
            using var folder = DataFolder.Open(dataDir, reset);
            await using var system = await ClinicSystem.StartAsync(folder, urls, stop.Token);
            await Screen.ShowAsync(Console.Out, system, folder);
            await stop.WaitAsync();
            await Console.Out.WriteLineAsync("Stopping…");
        }
        catch (StartFailedException failed)
        {
            await Console.Error.WriteLineAsync(failed.Message);
            return StartFailed;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            await Console.Out.WriteLineAsync("Stopped before everything had started.");
            return 0;
        }

        await Console.Out.WriteLineAsync("Stopped.");
        return 0;
    }
}
