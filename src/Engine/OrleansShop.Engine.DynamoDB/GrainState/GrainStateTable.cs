using OrleansShop.Storage.DynamoDB.Tables;

namespace OrleansShop.Engine.DynamoDB.GrainState;

/// <summary>
/// The official layout of the table of grain states, and attributes of ours, which the official engine passes over: it reads what is written here
/// as its own, except states that are compressed. Items of ours alone have keys that it never asks for.
/// </summary>
internal static class GrainStateTable
{
    /// <summary>Partition key: the service's id, an underscore, and the grain's id.</summary>
    public const string GrainReference = nameof(GrainReference);

    /// <summary>Sort key: the name of the state.</summary>
    public const string GrainType = nameof(GrainType);

    /// <summary>The state as bytes; NULL if it was cleared.</summary>
    public const string State = "GrainState";

    /// <summary>Counts the writes.</summary>
    public const string ETag = nameof(ETag);

    /// <summary>Until when the state exists, in seconds of the epoch. Not there: for ever.</summary>
    public const string GrainTtl = nameof(GrainTtl);

    /// <summary>Ours. Drawn anew for each write, so that a write which is repeated because its answer was lost finds that it was done.</summary>
    public const string WriteToken = nameof(WriteToken);

    /// <summary>
    /// Ours. How <see cref="State"/> is compressed, an at sign, and the ETag of the write that did so. With any other ETag it means nothing: then the official
    /// engine has written since, and does not compress.
    /// </summary>
    public const string GrainStateEncoding = nameof(GrainStateEncoding);

    /// <summary>
    /// Ours. The number of the fence with which the state was last read after a crash, or written. A state that is not there has it in an item of its own, whose
    /// sort key begins with <see cref="FencePrefix"/>.
    /// </summary>
    public const string Fence = nameof(Fence);

    /// <summary>Ours. Which history <see cref="Fence"/> belongs to.</summary>
    public const string FenceHistory = nameof(FenceHistory);

    /// <summary>How the sort key of an item begins that is the fence of a state that is not there. Behind it stands the state's name, or its hash if that is too long.</summary>
    public const string FencePrefix = "#fence/";

    /// <summary>The layout. A table that is created deletes expired items, because fences expire; one that is there is only told to if states expire.</summary>
    public static TableLayout Layout(bool statesExpire) =>
        new("grain states", KeyColumn.Text(GrainReference), KeyColumn.Text(GrainType)) { TimeToLiveAttribute = GrainTtl, NeedsTimeToLive = statesExpire };
}
