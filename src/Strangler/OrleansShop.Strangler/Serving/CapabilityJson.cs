using System.Text.Json;

namespace OrleansShop.Strangler.Serving;

/// <summary>How services tell of their capabilities, and are told.</summary>
internal static class CapabilityJson
{
    internal static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };
}
