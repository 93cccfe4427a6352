using Orleans.Runtime;

namespace OrleansShop.Engine.Membership;

/// <summary>A silo's word that it cannot reach another.</summary>
/// <param name="By">Who says so.</param>
/// <param name="At">When, by that silo's clock. For people who read the table: nothing is decided by it.</param>
internal sealed record Suspicion(SiloAddress By, DateTimeOffset At);
