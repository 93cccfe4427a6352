using System.Diagnostics;
using System.Globalization;
using OrleansShop.Testing.Emulators;
using OrleansShop.Testing.Moves;
using OrleansShop.Testing.Network;

namespace OrleansShop.EndToEnd.Tests.Systems;

/// <summary>The system as separate processes, run by <c>deploy/local/clinic</c> on ports of this test's own.</summary>
internal sealed class LocalSystem : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    // Three processes, ten apart, each with a port for the gateway's client 10,000 above its own.
    private static readonly int[] PortsOfService = [0, 10, 20, 10_000, 10_010, 10_020];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clinic-local-");
    private readonly Dictionary<string, string> _environment;

    private LocalSystem(string? dynamoDB, IReadOnlyDictionary<string, string>? settings)
    {
        // Tests run side by side and share a DynamoDB: with one id, their systems would be one cluster with one set of data.
        var id = $"clinic-{Guid.NewGuid():N}";
        Gateway = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        Client = new HttpClient { BaseAddress = new Uri(Gateway, "/petclinic/api/"), Timeout = TimeSpan.FromSeconds(30) };
        _environment = new Dictionary<string, string>
        {
            ["CLINIC_DATA"] = _folder.FullName,
            ["CLINIC_BUILD"] = "0",
            ["CLINIC_CONFIGURATION"] = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug",
            ["CLINIC_GATEWAY"] = Gateway.ToString().TrimEnd('/'),
            ["CLINIC_MONOLITH_PORT"] = Text(FreePort.Next()),
            ["CLINIC_BRIDGE_PORT"] = Text(FreePort.Next()),
            ["CLINIC_DYNAMODB"] = dynamoDB ?? "",
            ["Cluster__Id"] = id,
            ["Cluster__ServiceId"] = id,
        };
        foreach (var service in new[] { "OWNERS", "PETS", "VETS", "VISITS" }) _environment[$"CLINIC_{service}_PORT"] = Text(FreePort.Next(PortsOfService));
        foreach (var (name, value) in settings ?? new Dictionary<string, string>()) _environment[name] = value;
    }

    public Uri Gateway { get; }

    /// <summary>The services' <c>Cluster:ServiceId</c>, which names their queues.</summary>
    public string ServiceId => _environment["Cluster__ServiceId"];

    /// <summary>Where the services keep their files, if they do.</summary>
    public string ServicesFolder => Path.Combine(_folder.FullName, "services");

    /// <summary>Where visit reminders are put.</summary>
    public string MailFolder => Path.Combine(_folder.FullName, "mail");

    /// <summary>Asks below <c>/petclinic/api/</c>.</summary>
    public HttpClient Client { get; }

    /// <summary>Starts it.</summary>
    /// <param name="dynamoDB">Where the services cluster and keep their data; null for files.</param>
    /// <param name="settings">Environment variables that every process gets; null for none.</param>
    public static async Task<LocalSystem> StartAsync(string? dynamoDB = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var system = new LocalSystem(dynamoDB, settings);
        try
        {
            await system.ClinicAsync("start");
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the script, which must succeed; returns what it printed.</summary>
    public async Task<string> ClinicAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(RepositoryRoot.Path, "deploy/local/clinic"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        using var script = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Deadline);
        var errors = script.StandardError.ReadToEndAsync(deadline.Token);
        var output = await script.StandardOutput.ReadToEndAsync(deadline.Token);
        await script.WaitForExitAsync(deadline.Token);
        return script.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"clinic {string.Join(' ', arguments)} ended with {script.ExitCode}:\n{output}\n{await errors}\n{Logs()}");
    }

    /// <summary>The process of a part of the system that was started as its n-th.</summary>
    public int ProcessId(string part, int number) => int.Parse(File.ReadAllText(Path.Combine(_folder.FullName, "run", $"{part}-{number}.pid")), CultureInfo.InvariantCulture);

    /// <summary>Asks a process of the system to stop, and waits for its end.</summary>
    public async Task StopAsync(string part, int number)
    {
        using var process = Process.GetProcessById(ProcessId(part, number));
        using (var kill = Process.Start("kill", ["-TERM", Text(process.Id)])) await kill.WaitForExitAsync();
        using var deadline = new CancellationTokenSource(Deadline);
        await process.WaitForExitAsync(deadline.Token);
    }

    /// <summary>Moves whole capabilities.</summary>
    public MovedCapabilities Moved => MovedCapabilities.ThroughGateway(Client);

    public Task<ShopctlResult> ShopctlAsync(params string[] arguments) => Shopctl.RunAsync(Gateway, _folder.FullName, arguments);

    /// <summary>What every process has logged.</summary>
    public string Logs() => string.Join('\n', Directory.GetFiles(_folder.FullName, "*.log", SearchOption.AllDirectories)
        .Select(file => $"--- {Path.GetFileName(file)}\n{File.ReadAllText(file)}"));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await ClinicAsync("stop");
        _folder.Delete(recursive: true);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
