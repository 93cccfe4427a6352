using System.Text.Json.Serialization;

namespace OrleansShop.Strangler.Phases;

/// <summary>Where a capability's lists and searches are answered from. The numbers are stored and never given a new meaning.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ListSide>))]
public enum ListSide
{
    /// <summary>From the monolith's rows, which every write at a grain brings up to date.</summary>
    Monolith = 0,

    /// <summary>From the service's index: possible when every entity is owned by grains.</summary>
    Grains = 1,
}
