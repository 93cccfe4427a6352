using System.Text.Json.Serialization;

namespace OrleansShop.ServiceDefaults.Health;

/// <summary>What a health endpoint says.</summary>
/// <param name="Status">The worst status of the checks: <c>Healthy</c>, <c>Degraded</c> or <c>Unhealthy</c>.</param>
/// <param name="Checks">Each check by name.</param>
internal sealed record HealthAnswer(string Status, Dictionary<string, HealthAnswerEntry> Checks);

/// <summary>What one check says.</summary>
internal sealed record HealthAnswerEntry(string Status, string? Description);

[JsonSerializable(typeof(HealthAnswer))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class HealthJson : JsonSerializerContext;
