using System.Text;

namespace Orleans.Runtime;

/// <summary>How the grain types of what is not an ordinary grain begin.</summary>
public static class GrainTypePrefix
{
    /// <summary>The types of what the engine has for itself.</summary>
    public const string SystemPrefix = "sys.";

    /// <summary>The types of parts of silos.</summary>
    public const string SystemTargetPrefix = "sys.svc.";

    /// <summary>The types of services of applications that run on every silo.</summary>
    public const string GrainServicePrefix = "sys.svc.user.";

    /// <summary>The types of clients.</summary>
    public const string ClientPrefix = "sys.client";

    /// <summary>The types of grains that were declared before version 7.</summary>
    public const string LegacyGrainPrefix = "sys.grain.v1.";

    /// <summary>The bytes of <see cref="SystemTargetPrefix"/>.</summary>
    public static readonly ReadOnlyMemory<byte> SystemTargetPrefixBytes = Encoding.UTF8.GetBytes(SystemTargetPrefix);

    /// <summary>The bytes of <see cref="GrainServicePrefix"/>.</summary>
    public static readonly ReadOnlyMemory<byte> GrainServicePrefixBytes = Encoding.UTF8.GetBytes(GrainServicePrefix);

    /// <summary>The bytes of <see cref="ClientPrefix"/>.</summary>
    public static readonly ReadOnlyMemory<byte> ClientPrefixBytes = Encoding.UTF8.GetBytes(ClientPrefix);

    /// <summary>The bytes of <see cref="LegacyGrainPrefix"/>.</summary>
    public static readonly ReadOnlyMemory<byte> LegacyGrainPrefixBytes = Encoding.UTF8.GetBytes(LegacyGrainPrefix);

    /// <summary>The type of clients.</summary>
    public static readonly GrainType ClientGrainType = GrainType.Create(ClientPrefix);

    /// <summary>Whether this is the type of clients.</summary>
    public static bool IsClient(this in GrainType type) => type.AsSpan().StartsWith(ClientPrefixBytes.Span);

    /// <summary>Whether this is the id of a client.</summary>
    public static bool IsClient(this in GrainId id) => id.Type.IsClient();

    /// <summary>Whether this is the type of a part of a silo.</summary>
    public static bool IsSystemTarget(this in GrainType type) => type.AsSpan().StartsWith(SystemTargetPrefixBytes.Span);

    /// <summary>Whether this is the id of a part of a silo.</summary>
    public static bool IsSystemTarget(this in GrainId id) => id.Type.IsSystemTarget();

    /// <summary>Whether this is the type of a service that runs on every silo.</summary>
    public static bool IsGrainService(this in GrainType type) => type.AsSpan().StartsWith(GrainServicePrefixBytes.Span);

    /// <summary>Whether this is the type of a grain that was declared before version 7.</summary>
    public static bool IsLegacyGrain(this in GrainType type) => type.AsSpan().StartsWith(LegacyGrainPrefixBytes.Span);
}
