using System.Collections.Immutable;

namespace OrleansShop.Clinic.Contracts;

/// <summary>How the deletion of something that others may use ended.</summary>
/// <param name="Found">Whether it existed.</param>
/// <param name="Blockers">The ids of those that use it, ascending; nothing was deleted if there are any.</param>
[GenerateSerializer, Immutable, Alias("clinic.deletion-in-use")]
public sealed record DeletionInUse(bool Found, ImmutableArray<int> Blockers);
