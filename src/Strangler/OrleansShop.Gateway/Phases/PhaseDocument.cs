using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Gateway.Phases;

/// <summary>What the gateway must not forget, as it stands in the file. Immutable.</summary>
/// <param name="Format">The version of this layout.</param>
/// <param name="Capabilities">How each capability stands that was ever seen.</param>
internal sealed record PhaseDocument(int Format, ImmutableSortedDictionary<string, PhaseRecord> Capabilities)
{
    public const int CurrentFormat = 1;

    public static PhaseDocument Empty { get; } = new(CurrentFormat, ImmutableSortedDictionary<string, PhaseRecord>.Empty);

    /// <summary>The same with a record for each of these capabilities; one that was never seen is in the phase Monolith.</summary>
    public PhaseDocument WithAll(IEnumerable<string> capabilities, DateTimeOffset now) => this with
    {
        Capabilities = Capabilities.AddRange(capabilities.Where(name => !Capabilities.ContainsKey(name))
            .Select(name => KeyValuePair.Create(name, new PhaseRecord(CapabilityPhase.Monolith, now)))),
    };
}

[JsonSerializable(typeof(PhaseDocument))]
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
internal sealed partial class PhaseDocumentJson : JsonSerializerContext;
