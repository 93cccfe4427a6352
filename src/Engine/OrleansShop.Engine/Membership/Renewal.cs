using Orleans.Runtime;
using OrleansShop.Engine.Membership.Protocol;

namespace OrleansShop.Engine.Membership;

/// <summary>One attempt of a silo to renew its lease.</summary>
/// <param name="Silo">The silo.</param>
/// <param name="Expected">The heartbeat that the row must still have; the attempt counts it up by one.</param>
/// <param name="Nonce">Unlike that of every other attempt of this silo, so that an attempt that finds its work done can tell whose work it was.</param>
/// <param name="Acknowledged">What the silo has acknowledged and drained; null before its first view.</param>
internal sealed record Renewal(SiloAddress Silo, long Expected, long Nonce, Acknowledgement? Acknowledged);

/// <summary>What the table had of a silo after an attempt to renew its lease, whether the attempt changed it or not.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Heartbeat">Its heartbeat.</param>
/// <param name="Nonce">The nonce of the attempt that has set this heartbeat; 0 if the row was written without one.</param>
internal readonly record struct RenewedRow(SiloStatus Status, long Heartbeat, long Nonce);
