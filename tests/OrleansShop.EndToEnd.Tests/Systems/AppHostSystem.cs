using System.Text.RegularExpressions;
using OrleansShop.Testing.Moves;
using OrleansShop.Testing.Processes;

namespace OrleansShop.EndToEnd.Tests.Systems;

/// <summary>An AppHost process on a data folder of its own, and a client of its gateway.</summary>
internal sealed partial class AppHostSystem : IAsyncDisposable
{
    private const string Project = "src/Hosting/OrleansShop.AppHost";
    private const string LastLine = "Ctrl-C stops everything";

    private readonly DirectoryInfo _folder;
    private readonly string[] _environment;

    private AppHostSystem(DirectoryInfo folder, string[] environment, ServiceProcess process, string screen)
    {
        _folder = folder;
        _environment = environment;
        Process = process;
        Screen = screen;
        Gateway = new Uri(GatewayLine().Match(screen).Groups["url"].Value);
        Client = new HttpClient { BaseAddress = new Uri(Gateway, "/petclinic/api/") };
    }

    public ServiceProcess Process { get; private set; }

    /// <summary>What it printed.</summary>
    public string Screen { get; }

    public Uri Gateway { get; private set; }

    public Uri Monolith => new(Line(MonolithLine()));

    public Uri Services => new(Line(ServicesLine()));

    /// <summary>Asks below <c>/petclinic/api/</c>.</summary>
    public HttpClient Client { get; private set; }

    public string DataFolder => Path.Combine(_folder.FullName, "data");

    /// <summary>Starts it.</summary>
    /// <param name="environment">Environment variables, as <c>NAME=value</c>.</param>
    public static async Task<AppHostSystem> StartAsync(params string[] environment)
    {
        var folder = Directory.CreateTempSubdirectory("app-host-");
        var (process, screen) = await StartAsync(folder, environment, "http://127.0.0.1:0");
        return new AppHostSystem(folder, environment, process, screen);
    }

    /// <summary>Starts it again on the same data after its process has ended.</summary>
    public async Task RestartAsync()
    {
        await Process.DisposeAsync();
        (Process, var screen) = await StartAsync(_folder, _environment, "http://127.0.0.1:0");
        Gateway = new Uri(GatewayLine().Match(screen).Groups["url"].Value);
        Client.Dispose();
        Client = new HttpClient { BaseAddress = new Uri(Gateway, "/petclinic/api/") };
    }

    /// <summary>Runs shopctl against the gateway.</summary>
    public Task<ShopctlResult> ShopctlAsync(params string[] arguments) => Shopctl.RunAsync(Gateway, _folder.FullName, arguments);

    /// <summary>Moves whole capabilities.</summary>
    public MovedCapabilities Moved => MovedCapabilities.ThroughGateway(Client);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<(ServiceProcess Process, string Screen)> StartAsync(DirectoryInfo folder, string[] environment, string urls)
    {
        var process = ServiceProcess.Start(Project, ["--data-dir", Path.Combine(folder.FullName, "data"), "--urls", urls], folder.FullName, prefix: environment.Length == 0 ? null : ["env", .. environment]);
        var screen = await process.WaitForAsync(output => output.Contains(LastLine, StringComparison.Ordinal) ? output : null);
        return (process, screen);
    }

    private string Line(Regex line) => line.Match(Screen).Groups["url"].Value;

    [GeneratedRegex(@"^\s+monolith\s+(?<url>http://\S+)", RegexOptions.Multiline)]
    private static partial Regex MonolithLine();

    [GeneratedRegex(@"^\s+services\s+(?<url>http://\S+)", RegexOptions.Multiline)]
    private static partial Regex ServicesLine();

    [GeneratedRegex(@"^\s+gateway\s+(?<url>http://\S+)", RegexOptions.Multiline)]
    private static partial Regex GatewayLine();
}
