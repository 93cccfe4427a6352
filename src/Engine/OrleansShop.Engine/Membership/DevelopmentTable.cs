using System.Net;
using Orleans.Configuration;
using Orleans.Runtime;

namespace OrleansShop.Engine.Membership;

/// <summary>
/// The membership table of localhost and development clustering. Processes find each other by the primary silo's endpoint: all that
/// name the same one, the primary by being there, share a file in the user's temporary folder. The primary is no more than that name:
/// the others go on without it.
/// </summary>
internal static class DevelopmentTable
{
    public static IViewTable For(IPEndPoint? primary, ClusterOptions cluster, ILocalSiloDetails silo, TimeProvider time)
    {
        // A silo on a port of chance has no name that another could give.
        var named = primary ?? silo.SiloAddress.Endpoint;
        return named.Port == 0 ? MemoryViewTable.Of(cluster.ClusterId) : new FileViewTable(PathOf(named, cluster.ClusterId), cluster.ClusterId, time);
    }

    /// <summary>The file that silos with this primary share.</summary>
    public static string PathOf(IPEndPoint primary, string clusterId)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"orleansshop-{Environment.UserName}");
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var name = string.Concat(clusterId.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-' ? letter : '_'));
        return Path.Combine(folder, $"{name}-{primary.Port}.members");
    }
}
