using Orleans.Runtime;

namespace OrleansShop.Engine.Migration;

/// <summary>Where an activation goes that is being moved, and what it takes along.</summary>
/// <param name="Target">The silo.</param>
/// <param name="Dehydrated">What it hands over; empty if that is nothing, or could not be collected.</param>
internal sealed record Departure(SiloAddress Target, byte[] Dehydrated);
