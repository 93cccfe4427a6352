using System.ComponentModel;
using System.Diagnostics;

namespace OrleansShop.Testing.Network;

/// <summary>
/// Network namespaces of Linux that are connected by a bridge, each like a machine of its own. Between any two, either direction can be cut: packets vanish, as behind a broken
/// switch; nobody is told, and open connections stay open. Needs the rights of root.
/// </summary>
public sealed class NamespaceNetwork : IAsyncDisposable
{
    private const string Device = "eth0";

    // Nobody has this hardware address, and the bridge tells nobody that.
    private const string Nowhere = "02:00:00:00:00:01";

    private readonly string _name = $"shop{Environment.ProcessId}";
    private readonly string _prefix = $"10.{200 + (Environment.ProcessId / 250 % 50)}.{Environment.ProcessId % 250}";
    private readonly List<NetworkPlace> _places = [];
    private int _added;

    private NamespaceNetwork() => Host = new NetworkPlace(null, _name, $"{_prefix}.1");

    /// <summary>The machine itself, where the test runs.</summary>
    public NetworkPlace Host { get; }

    public static async Task<NamespaceNetwork> CreateAsync()
    {
        var network = new NamespaceNetwork();
        await IpAsync("link", "add", network._name, "type", "bridge");
        try
        {
            await IpAsync("address", "add", $"{network.Host.Address}/24", "dev", network._name);
            await IpAsync("link", "set", network._name, "up");
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Why there can be no such network here; null if there can.</summary>
    public static async Task<string?> FindObstacleAsync()
    {
        try
        {
            await using var network = await CreateAsync();
            await network.AddAsync();
            return null;
        }
        catch (Exception obstacle) when (obstacle is InvalidOperationException or Win32Exception)
        {
            return obstacle.Message;
        }
    }

    /// <summary>Adds a machine that reaches all others.</summary>
    public async Task<NetworkPlace> AddAsync()
    {
        var number = Interlocked.Increment(ref _added);
        var place = new NetworkPlace($"{_name}-{number}", Device, $"{_prefix}.{number + 1}");
        await IpAsync("netns", "add", place.Namespace!);
        lock (_places) _places.Add(place);
        var end = $"{_name}v{number}";
        await IpAsync("link", "add", end, "type", "veth", "peer", "name", Device, "netns", place.Namespace!);
        await IpAsync("link", "set", end, "master", _name, "up");
        await IpAsync("-netns", place.Namespace!, "address", "add", $"{place.Address}/24", "dev", Device);
        await IpAsync("-netns", place.Namespace!, "link", "set", Device, "up");
        await IpAsync("-netns", place.Namespace!, "link", "set", "lo", "up");
        return place;
    }

    /// <summary>From now on nothing that is sent from one place to another arrives. The other direction is another cut.</summary>
    public static Task CutAsync(NetworkPlace from, NetworkPlace to) =>
        IpAsync([.. At(from), "neighbour", "replace", to.Address, "lladdr", Nowhere, "nud", "permanent", "dev", from.Device]);

    /// <summary>Undoes <see cref="CutAsync"/>.</summary>
    public static Task JoinAsync(NetworkPlace from, NetworkPlace to) =>
        IpAsync([.. At(from), "neighbour", "delete", to.Address, "dev", from.Device]);

    /// <summary>Cuts both directions.</summary>
    public static async Task PartAsync(NetworkPlace one, NetworkPlace other)
    {
        await CutAsync(one, other);
        await CutAsync(other, one);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var place in _places) await IpAsync("netns", "delete", place.Namespace!);
        await IpAsync("link", "delete", _name);
    }

    private static string[] At(NetworkPlace place) => place.Namespace is { } name ? ["-netns", name] : [];

    private static async Task IpAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        var complaint = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"ip {string.Join(' ', arguments)} ended with {process.ExitCode}: {complaint.Trim()}. It needs Linux, iproute2 and the rights of root.");
    }
}
