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
}
