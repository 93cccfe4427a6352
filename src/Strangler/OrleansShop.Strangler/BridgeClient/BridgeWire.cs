using System.Text.Json;
using OrleansShop.Strangler.Ownership;
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

    /// <summary>The path of <see cref="IOwnershipLedger.AnnounceAsync"/>: POST a <see cref="CapabilityAnnouncement"/>, get 204.</summary>
    public const string AnnouncePath = "/bridge/ledger/announce";

    /// <summary>The path of <see cref="IOwnershipLedger.TakeAsync"/>: POST a <see cref="TakeRequest"/>, get a <see cref="TakenEntity"/>.</summary>
    public const string TakePath = "/bridge/ledger/take";

    /// <summary>The path of several takes at once: POST a <see cref="TakeGroupRequest"/>, get a <see cref="TakeGroupAnswer"/>.</summary>
    public const string TakeGroupPath = "/bridge/ledger/take-group";

    /// <summary>The path of <see cref="IOwnershipLedger.ReturnAsync"/>: POST an <see cref="EntityChange"/>, get the <see cref="LedgerAnswer"/>.</summary>
    public const string ReturnPath = "/bridge/ledger/return";

    /// <summary>The path of <see cref="IOwnershipLedger.FindAsync"/>: POST a <see cref="FindRequest"/>, get the <see cref="LedgerAnswer"/>.</summary>
    public const string FindPath = "/bridge/ledger/find";

    /// <summary>The path of <see cref="IOwnershipLedger.ListAsync"/>: POST a <see cref="LedgerQuery"/>, get a <see cref="LedgerPage"/>.</summary>
    public const string ListPath = "/bridge/ledger/list";

    /// <summary>The path of <see cref="IOwnershipLedger.CountAsync"/>: POST a <see cref="CountRequest"/>, get <see cref="LedgerCounts"/>.</summary>
    public const string CountPath = "/bridge/ledger/count";

    /// <summary>The path of <see cref="IOwnershipLedger.ReadChangesAsync"/>: POST a <see cref="ChangesRequest"/>, get a <see cref="ChangePage"/>.</summary>
    public const string ChangesPath = "/bridge/ledger/changes";

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

/// <summary>The body of a request for several entities of one kind.</summary>
/// <param name="Takes">From 1 to <see cref="MaxTakes"/>, all of one kind.</param>
public sealed record TakeGroupRequest(IReadOnlyList<TakeRequest> Takes)
{
    /// <summary>The most that are taken at once: for so many, and for the commit, the monolith's writers may wait.</summary>
    public const int MaxTakes = 64;
}

/// <summary>The answer to a request for several entities, in the order of the request.</summary>
public sealed record TakeGroupAnswer(IReadOnlyList<TakeAnswer> Answers);

/// <summary>What has become of one take of several. With neither, the entity is to be asked for alone: somebody has it under lock, or the ledger does not know it.</summary>
/// <param name="Taken">The entity, if it was taken.</param>
/// <param name="Refusal">Why it was not, if the ledger will not have it.</param>
/// <param name="Detail">The same as a sentence.</param>
public sealed record TakeAnswer(TakenEntity? Taken, BridgeRefusal? Refusal = null, string? Detail = null);

/// <summary>The body of a request for what the ledger says of an entity.</summary>
public sealed record FindRequest(string Capability, string Kind, string Id);

/// <summary>What the ledger says of an entity; null if it knows none.</summary>
public sealed record LedgerAnswer(LedgerEntry? Entry);

/// <summary>The body of a request for the counts of a capability.</summary>
public sealed record CountRequest(string Capability);

/// <summary>The body of a request for the monolith's own changes.</summary>
public sealed record ChangesRequest(string Capability, long After, int Limit);
