using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansShop.ServiceDefaults.Problems;

/// <summary>Writes problems as <c>application/problem+json</c>. Characters of every script stay readable instead of escaped.</summary>
[JsonSerializable(typeof(Problem))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
public sealed partial class ProblemJson : JsonSerializerContext
{
    /// <summary>The media type of an error answer.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>The context with the encoder that the application's other answers use.</summary>
    public static ProblemJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
