using System.Text.Json.Serialization;

namespace OrleansShop.Strangler.BridgeClient;

/// <summary>Why the bridge refuses.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BridgeRefusal>))]
public enum BridgeRefusal
{
    /// <summary>The question itself is wrong: an unknown capability, kind or column, a value of the wrong type, or too many of something.</summary>
    Invalid,

    /// <summary>A row refers to one that is not there, or one that is to be deleted is still referred to.</summary>
    ForeignKey,

    /// <summary>The rows break another rule of the monolith's schema: unique, not null, check, length.</summary>
    Constraint,

    /// <summary>The kind has no numeric ids that a sequence gives out.</summary>
    NoSequence,

    /// <summary>The key that the bridge asks for is missing or wrong.</summary>
    Unauthorized,

    /// <summary>The ledger says that another owns the entity, or the same owner in another epoch.</summary>
    NotOwner,

    /// <summary>A newer change of the entity was applied before: whoever sends this one is not the entity's only grain any more.</summary>
    StaleVersion,

    /// <summary>The capability's phase has changed since the caller looked, or does not allow what is asked.</summary>
    StalePhase,

    /// <summary>The monolith's tables are not what the manifests say, or the fences stand for another manifest.</summary>
    Schema,
}
