using Orleans.Runtime;

namespace OrleansShop.Engine.Messaging;

/// <summary>
/// Where an observer lives. The id of an observer is <c>sys.client/{host}+{number}</c>; its host is a client's id, or
/// <c>hosted-</c> and the address of the silo in whose process it is.
/// </summary>
/// <param name="ClientId">The host as it stands in the id.</param>
/// <param name="Silo">The silo, if the host is one.</param>
internal readonly record struct ObserverAddress(string ClientId, SiloAddress? Silo)
{
    private const string SiloPrefix = "hosted-";

    /// <summary>The grain type of clients and their observers.</summary>
    public static GrainType ClientType { get; } = GrainType.Create("sys.client");

    /// <summary>The host's part of the ids of observers in a silo's process.</summary>
    public static string HostedIn(SiloAddress silo) => SiloPrefix + silo.ToParsableString();

    /// <summary>Reads the host from the id of a client or an observer; false if it is the id of something else.</summary>
    public static bool TryParse(GrainId id, out ObserverAddress address)
    {
        address = default;
        if (id.Type != ClientType)
            return false;

        var key = id.Key.ToString();
        var plus = key.IndexOf('+', StringComparison.Ordinal);
        var host = plus < 0 ? key : key[..plus];
        SiloAddress? silo = null;
        if (host.StartsWith(SiloPrefix, StringComparison.Ordinal) && !SiloAddress.TryParse(host[SiloPrefix.Length..], out silo))
            return false;
        address = new(host, silo);
        return true;
    }
}
