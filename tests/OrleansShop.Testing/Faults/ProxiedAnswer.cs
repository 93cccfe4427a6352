using System.Net;

namespace OrleansShop.Testing.Faults;

/// <summary>What a client gets from <see cref="FaultProxy"/>.</summary>
public sealed record ProxiedAnswer(HttpStatusCode Status, string ContentType, byte[] Body)
{
    /// <summary>Headers besides.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
