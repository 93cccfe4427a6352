using System.Net;
using System.Net.Sockets;

namespace Orleans.Configuration;

/// <summary>How a client sends calls.</summary>
public class ClientMessagingOptions : MessagingOptions
{
    /// <summary>The sender buckets if none are set.</summary>
    public const int DEFAULT_CLIENT_SENDER_BUCKETS = 8192;

    /// <summary>The address family if none is set.</summary>
    public const AddressFamily DEFAULT_PREFERRED_FAMILY = AddressFamily.InterNetwork;

    /// <summary>Has no effect: a client is connected to all silos. Default: 8192.</summary>
    public int ClientSenderBuckets { get; set; } = DEFAULT_CLIENT_SENDER_BUCKETS;

    /// <summary>The address family by which the client names itself. Default: IPv4.</summary>
    public AddressFamily PreferredFamily { get; set; } = DEFAULT_PREFERRED_FAMILY;

    /// <summary>The network interface whose address the client names itself by. Default, null: any.</summary>
    public string? NetworkInterfaceName { get; set; }

    /// <summary>The address that the client names itself by. Default, null: found out.</summary>
    public IPAddress? LocalAddress { get; set; }
}
