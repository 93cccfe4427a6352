using System.Text.Json.Serialization;
using OrleansShop.Strangler.Replication;

namespace OrleansShop.Strangler.Moving;

/// <summary>How the moving of a capability's entities gets on, since its last order. Immutable.</summary>
/// <param name="Activity">What is going on.</param>
/// <param name="OwnedByMonolith">How many entities the monolith owned when they were counted last; null before the first count.</param>
/// <param name="OwnedByGrains">How many the grains owned then; null before the first count.</param>
/// <param name="Moved">How many entities the sweep has moved since the order, or since the capability's grain was activated.</param>
/// <param name="Total">How many there were to be moved then. In Canary this is an estimate, the share of all; requests move entities too, which the sweep then need not.</param>
/// <param name="PerSecond">How many were moved per second in the last seconds.</param>
/// <param name="EstimatedEnd">When the rest is moved at this rate, in UTC; null when nothing is left, or nothing moves.</param>
/// <param name="Failures">How many tries to move or copy an entity have failed. Each is tried again.</param>
/// <param name="LastError">Why the last one failed, or null.</param>
/// <param name="Shadow">How the grains' copies keep up with the monolith; null while they do not follow it.</param>
/// <param name="Epoch">The capability's epoch that this is about. Until the mover has heard of an order, that of the one before.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.MoveProgress")]
public sealed record MoveProgress(
    [property: Id(0)] MoveActivity Activity,
    [property: Id(1)] long? OwnedByMonolith = null,
    [property: Id(2)] long? OwnedByGrains = null,
    [property: Id(3)] long Moved = 0,
    [property: Id(4)] long Total = 0,
    [property: Id(5)] double PerSecond = 0,
    [property: Id(6)] DateTimeOffset? EstimatedEnd = null,
    [property: Id(7)] long Failures = 0,
    [property: Id(8)] string? LastError = null,
    [property: Id(9)] ShadowProgress? Shadow = null,
    [property: Id(10)] long Epoch = 0)
{
    /// <summary>How far the monolith's rows are behind acknowledged writes; null where the replication does not lag, or nothing is known yet.</summary>
    [Id(11)]
    public BehindProgress? Behind { get; init; }
}

/// <summary>How the grains' copies keep up with the monolith. Immutable.</summary>
/// <param name="IsFilled">Whether every entity was copied once since the phase began, or since the capability's grain was activated.</param>
/// <param name="Copied">How many copies the fill has made.</param>
/// <param name="ChangesWaiting">How many of the monolith's changes the copies do not have yet; counted to 10,000.</param>
/// <param name="Lag">How old the oldest of them was when it was read; zero when none waited.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.ShadowProgress")]
public sealed record ShadowProgress(
    [property: Id(0)] bool IsFilled,
    [property: Id(1)] long Copied,
    [property: Id(2)] long ChangesWaiting,
    [property: Id(3)] TimeSpan Lag);

/// <summary>What goes on with a capability's entities.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MoveActivity>))]
public enum MoveActivity
{
    /// <summary>Every entity is where it is to be, as far as the last look has shown.</summary>
    Settled = 0,

    /// <summary>The ledger does not know the last order yet.</summary>
    Announcing = 1,

    /// <summary>Entities are moved to where they are to be.</summary>
    Sweeping = 2,

    /// <summary>An operator has had the sweep stand still.</summary>
    Paused = 3,

    /// <summary>Something has failed and is tried again after a while.</summary>
    Waiting = 4,
}
