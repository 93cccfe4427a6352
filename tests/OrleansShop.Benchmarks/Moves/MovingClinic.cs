using System.Globalization;
using System.Text.RegularExpressions;
using OrleansShop.Testing.DynamoDB;
using OrleansShop.Testing.Network;
using OrleansShop.Testing.PostgreSql;
using OrleansShop.Testing.Processes;

namespace OrleansShop.Benchmarks.Moves;

/// <summary>The clinic as its users run it: its executables, with their databases.</summary>
internal sealed partial class MovingClinic : IAsyncDisposable
{
    private static readonly string[] Services = ["owners", "pets", "vets", "visits"];

    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly List<ServiceProcess> _processes = [];

    /// <summary>Where clients send requests.</summary>
    public Uri Gateway { get; private set; } = null!;

    /// <summary>Where the bridge listens.</summary>
    public Uri Bridge { get; private set; } = null!;

    /// <summary>The owners in the monolith's database.</summary>
    public OwnerTable Owners { get; private set; } = null!;

    /// <summary>Whether all that is stored is in files of these processes, so that what they write to the disk can be counted.</summary>
    public bool IsEmbedded { get; private init; }

    /// <summary>The bytes that the processes have caused to be written to the disk so far.</summary>
    public long BytesWritten() => _processes.Sum(static process => long.Parse(
        File.ReadLines($"/proc/{process.Id}/io").Single(static line => line.StartsWith("write_bytes:", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture));

    /// <summary>The processor's time that the processes have used so far, without their databases where those are servers.</summary>
    public TimeSpan ProcessorTime() => TimeSpan.FromTicks(_processes.Sum(static process =>
    {
        using var running = System.Diagnostics.Process.GetProcessById(process.Id);
        return running.TotalProcessorTime.Ticks;
    }));

    /// <summary>What the processes have printed.</summary>
    public string Output() => string.Join('\n', _processes.Select(static process => $"--- {process.Project}\n{process.Output}"));

    /// <summary>Everything in one process, by the AppHost.</summary>
    public static async Task<MovingClinic> StartEmbeddedAsync(DirectoryInfo folder)
    {
        var data = Path.Combine(folder.FullName, "data");
        var clinic = new MovingClinic { IsEmbedded = true };
        try
        {
            var process = clinic.Start("src/Hosting/OrleansShop.AppHost", ["--data-dir", data, "--urls", "http://127.0.0.1:0"], folder);
            var screen = await process.WaitForAsync(static output => output.Contains("Ctrl-C stops everything", StringComparison.Ordinal) ? output : null);
            clinic.Gateway = new Uri(Address("gateway", screen));
            clinic.Bridge = new Uri(Address("bridge", screen));
            clinic.Owners = OwnerTable.InSqlite(Path.Combine(data, "monolith.db"));
            return clinic;
        }
        catch
        {
            await clinic.DisposeAsync();
            throw;
        }
    }

    /// <summary>Each part as a process of its own.</summary>
    /// <param name="folder">Where they keep their files.</param>
    /// <param name="isRemote">Whether the monolith is on PostgreSQL and the services on DynamoDB Local; else all are on SQLite.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<MovingClinic> StartProcessesAsync(DirectoryInfo folder, bool isRemote, CancellationToken cancellationToken)
    {
        var clinic = new MovingClinic { IsEmbedded = !isRemote };
        try
        {
            await clinic.StartAllAsync(folder, isRemote, cancellationToken);
            return clinic;
        }
        catch
        {
            await clinic.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part)) await part.DisposeAsync();
    }

    private async Task StartAllAsync(DirectoryInfo folder, bool isRemote, CancellationToken cancellationToken)
    {
        var (provider, database) = ("Sqlite", $"Data Source={Path.Combine(folder.FullName, "monolith.db")}");
        string[] backend = ["--Cluster:Membership=File", $"--Cluster:File={Path.Combine(folder.FullName, "cluster.json")}", $"--Storage:DataFolder={Path.Combine(folder.FullName, "services")}"];
        if (isRemote)
        {
            var postgreSql = await PostgreSqlServer.StartAsync();
            _parts.Push(postgreSql);
            var dynamoDB = await DynamoDBServer.StartAsync();
            _parts.Push(dynamoDB);
            (provider, database) = ("PostgreSql", postgreSql.Endpoint);
            backend = ["--Cluster:Membership=DynamoDB", "--Storage:Provider=DynamoDB", $"--DynamoDB:Service={dynamoDB.Endpoint}"];
        }

        var monolith = await StartAsync("src/Clinic/OrleansShop.Clinic.Monolith", [$"--Database:Provider={provider}", $"--Database:ConnectionString={database}"], folder);
        Bridge = await StartAsync("src/Strangler/OrleansShop.Strangler.Bridge", [$"--Bridge:Database:Provider={provider}", $"--Bridge:Database:ConnectionString={database}"], folder);
        var addresses = new List<string>();
        foreach (var service in Services)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var address = await StartAsync($"src/Clinic/OrleansShop.Clinic.{char.ToUpperInvariant(service[0])}{service[1..]}",
                [.. backend, "--Cluster:SiloPort=0", $"--Cluster:GatewayPort={FreePort.Next()}", $"--Strangler:Bridge:Address={Bridge}", $"--VisitReminders:DropFolder={Path.Combine(folder.FullName, "mail")}"], folder);
            addresses.Add($"--Capabilities:{service}:Service={address.ToString().TrimEnd('/')}");
        }

        Gateway = await StartAsync("src/Strangler/OrleansShop.Gateway",
            [.. backend, .. addresses, $"--Gateway:Monolith={monolith}", $"--Gateway:DataFolder={Path.Combine(folder.FullName, "gateway")}"], folder);
        Owners = isRemote ? OwnerTable.InPostgreSql(database) : OwnerTable.InSqlite(Path.Combine(folder.FullName, "monolith.db"));
    }

    private async Task<Uri> StartAsync(string project, string[] arguments, DirectoryInfo folder)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var process = Start(project, ["--urls", address.ToString(), .. arguments], folder);
        await process.WaitUntilReadyAsync(new Uri(address, "/health/ready").ToString());
        return address;
    }

    private ServiceProcess Start(string project, string[] arguments, DirectoryInfo folder)
    {
        var process = ServiceProcess.Start(project, arguments, folder.FullName);
        _parts.Push(process);
        _processes.Add(process);
        return process;
    }

    private static string Address(string part, string screen) => PartLine().Matches(screen).Single(match => match.Groups["part"].Value == part).Groups["url"].Value;

    [GeneratedRegex(@"^\s+(?<part>gateway|bridge)\s+(?<url>http://\S+)", RegexOptions.Multiline)]
    private static partial Regex PartLine();
}
