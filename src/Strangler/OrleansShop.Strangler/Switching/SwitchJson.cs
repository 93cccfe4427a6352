using System.Text.Json;

namespace OrleansShop.Strangler.Switching;

internal static class SwitchJson
{
    internal static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };
}
