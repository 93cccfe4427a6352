using System.Text.Json.Serialization;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Gateway.Phases;

/// <summary>How a switch stands or ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SwitchOutcome>))]
internal enum SwitchOutcome
{
    /// <summary>It has begun and not ended.</summary>
    Running,

    /// <summary>The capability is in the wanted phase.</summary>
    Succeeded,

    /// <summary>The capability is in the phase that it had before.</summary>
    Failed,

    /// <summary>The gateway ended in the middle. The capability is in the phase that it had before, unless the reconciliation says otherwise later.</summary>
    Interrupted,

    /// <summary>Not asked for by anyone: the service was not in the phase that the gateway had recorded, so the capability went back to the monolith.</summary>
    Reconciled,
}

/// <summary>One change of phase, wanted or done: an entry of the audit history. Immutable.</summary>
/// <param name="Id">Counts up from 1.</param>
/// <param name="Capability">Its name.</param>
/// <param name="From">The phase before.</param>
/// <param name="To">The phase that was wanted.</param>
/// <param name="By">Who asked for it, in the caller's own words.</param>
/// <param name="Origin">The network address that the request came from.</param>
/// <param name="StartedAt">When it began, in UTC.</param>
/// <param name="EndedAt">When it ended, in UTC; null while it runs.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Step">The last step that was begun.</param>
/// <param name="Detail">What came of it, for people.</param>
internal sealed record SwitchRecord(
    long Id,
    string Capability,
    CapabilityPhase From,
    CapabilityPhase To,
    string By,
    string Origin,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    SwitchOutcome Outcome,
    SwitchStep Step,
    string Detail);

/// <summary>The steps of a switch in their order. The numbers are those of the drawing at the protocol.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SwitchStep>))]
internal enum SwitchStep
{
    /// <summary>The intent is written down.</summary>
    Record = 1,

    /// <summary>New writes are refused from here on.</summary>
    Hold = 2,

    /// <summary>The writes that were on their way end.</summary>
    Drain = 3,

    /// <summary>The service takes the data over, or hands it back.</summary>
    Copy = 4,

    /// <summary>The new phase is written down and published: the point of no return.</summary>
    Commit = 5,

    /// <summary>Writes flow again.</summary>
    Release = 6,
}
