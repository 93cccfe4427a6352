using Orleans.Runtime;

namespace OrleansShop.Engine.Placement;

/// <summary>Where a new activation shall be.</summary>
/// <param name="Host">The silo; null for the owner itself.</param>
/// <param name="NeedsDirector">Whether a director of the application has to be asked, which may take time.</param>
/// <param name="Refusal">Why no silo can run it.</param>
internal readonly record struct HostChoice(SiloAddress? Host, bool NeedsDirector = false, Exception? Refusal = null);
