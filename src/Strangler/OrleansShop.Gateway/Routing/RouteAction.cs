using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.Gateway.Routing;

/// <summary>One method of one path template, with everything about it that does not change at run time.</summary>
/// <param name="Index">Its place in <see cref="RouteTable.Actions"/>.</param>
/// <param name="Route">The manifest's route.</param>
/// <param name="Method">The HTTP method, in upper case.</param>
/// <param name="Capability">The index of its capability in the catalog.</param>
/// <param name="Writes">The capabilities whose data the request may change, bit n for capability n; 0 for reads.</param>
internal sealed record RouteAction(int Index, CapabilityRoute Route, string Method, int Capability, ulong Writes);
