namespace OrleansShop.Strangler.Capabilities;

/// <summary>What the requests of a route are about.</summary>
public enum RouteKind
{
    /// <summary>One entity, whose id is a segment of the path.</summary>
    Entity,

    /// <summary>Many entities: lists and searches.</summary>
    List,

    /// <summary>An entity that does not exist yet.</summary>
    Create,
}
