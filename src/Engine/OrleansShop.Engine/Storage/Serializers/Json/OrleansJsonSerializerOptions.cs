using Newtonsoft.Json;

namespace Orleans.Serialization;

/// <summary>How <see cref="OrleansJsonSerializer"/> makes JSON.</summary>
public class OrleansJsonSerializerOptions
{
    /// <summary>
    /// The settings of the JSON serializer. Default: as the official engine's, without a way to make grain references, which the services of a silo or client add.
    /// Whoever replaces the binder decides which types a stored text may create.
    /// </summary>
    public JsonSerializerSettings JsonSerializerSettings { get; set; } = OrleansJsonSerializerSettings.Default(services: null);
}
