using System.Text.Json;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.BridgeClient;

/// <summary>What bridge and client agree on: paths, headers, bodies.</summary>
public static class BridgeWire
{
    /// <summary>The path of <see cref="IMonolithBridge.ReadAsync"/>: POST a <see cref="RowQuery"/>, get an <see cref="EntityPage"/>.</summary>
    public const string ReadPath = "/bridge/read";

    /// <summary>The path of <see cref="IMonolithBridge.ApplyAsync"/>: POST an <see cref="ApplyRequest"/>, get 204.</summary>
    public const string ApplyPath = "/bridge/apply";

    /// <summary>The path of <see cref="IMonolithBridge.AllocateIdsAsync"/>: POST an <see cref="AllocateRequest"/>, get an <see cref="AllocateAnswer"/>.</summary>
    public const string AllocatePath = "/bridge/allocate";

    /// <summary>The path of <see cref="IMonolithBridge.GetUserAsync"/>: POST a <see cref="UserRequest"/>, get a <see cref="MonolithUser"/> or 204. A body, because paths are logged.</summary>
    public const string UserPath = "/bridge/user";

    /// <summary>The header that carries the bridge's key.</summary>
    public const string KeyHeader = "X-Bridge-Key";

    /// <summary>The header of an error answer that carries the <see cref="BridgeRefusal"/>.</summary>
    public const string RefusalHeader = "X-Bridge-Refusal";

    /// <summary>How the bodies are written.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);
}

/// <summary>The body of an apply request.</summary>
public sealed record ApplyRequest(IReadOnlyList<EntityChange> Changes);

/// <summary>The body of an allocate request.</summary>
public sealed record AllocateRequest(string Capability, string Kind, int Count);

/// <summary>The answer to an allocate request.</summary>
public sealed record AllocateAnswer(IReadOnlyList<long> Ids);

/// <summary>The body of a request for a user.</summary>
public sealed record UserRequest(string Username);
