using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Simulation.Monolith;

namespace OrleansShop.Strangler.Simulation.Grains;

/// <summary>What a grain, or the monolith, is asked.</summary>
internal abstract record GrainRequest
{
    public sealed record Read : GrainRequest;

    public sealed record Update(string Value) : GrainRequest;

    /// <param name="IsCascade">Whether it follows from another deletion, and is carried out wherever the entity lives.</param>
    public sealed record Delete(bool IsCascade) : GrainRequest;

    public sealed record Create(Content Content) : GrainRequest;

    /// <summary>Applies what was acknowledged and the monolith's rows lack.</summary>
    public sealed record Settle : GrainRequest;

    public sealed record Place(long? CapabilityEpoch) : GrainRequest;
}

/// <summary>What comes of it.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Content">What was read.</param>
/// <param name="Owner">Where the entity is, after it was placed.</param>
/// <param name="Entity">What was created.</param>
internal sealed record GrainAnswer(AnswerOutcome Outcome, Content? Content = null, EntityOwner Owner = default, Entity? Entity = null);

internal enum AnswerOutcome
{
    Done,
    Absent,

    /// <summary>The other side owns the entity: 421 of the service, or a fence at the monolith. Nothing was done.</summary>
    Misdirected,

    /// <summary>The monolith's rules forbid it.</summary>
    Refused,

    /// <summary>An error: it may have been done.</summary>
    Unknown,
}
