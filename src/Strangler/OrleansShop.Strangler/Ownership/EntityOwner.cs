using System.Text.Json.Serialization;

namespace OrleansShop.Strangler.Ownership;

/// <summary>Who owns an entity: whose writes count. The numbers are stored and never given a new meaning.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EntityOwner>))]
public enum EntityOwner
{
    /// <summary>The monolith writes; what a grain holds is a copy.</summary>
    Monolith = 0,

    /// <summary>The entity's grain writes; the monolith's rows are a copy that every write brings up to date.</summary>
    Grains = 1,
}
