namespace OrleansShop.Strangler.Capabilities;

/// <summary>The route that a request belongs to.</summary>
/// <param name="Route">The route.</param>
/// <param name="EntityId">The id in the path, as the client wrote it; null when the route addresses no single entity.</param>
public sealed record RouteMatch(CapabilityRoute Route, string? EntityId);
