using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansShop.Gateway.Phases;

/// <summary>What the gateway must not forget, as it stands in the file. Immutable.</summary>
/// <param name="Format">The version of this layout.</param>
/// <param name="Capabilities">The phase of each capability that was ever seen.</param>
/// <param name="Intent">The switch that is running, or null.</param>
/// <param name="History">The switches that have ended, oldest first, at most <see cref="MaxHistory"/>.</param>
/// <param name="LastSwitchId">The highest id given so far.</param>
internal sealed record PhaseDocument(
    int Format,
    ImmutableSortedDictionary<string, PhaseRecord> Capabilities,
    SwitchRecord? Intent,
    ImmutableArray<SwitchRecord> History,
    long LastSwitchId)
{
    public const int CurrentFormat = 1;

    /// <summary>A thousand switches are years of operation and about 400 KB.</summary>
    public const int MaxHistory = 1000;

    public static PhaseDocument Empty { get; } =
        new(CurrentFormat, ImmutableSortedDictionary<string, PhaseRecord>.Empty, Intent: null, History: [], LastSwitchId: 0);

    public PhaseDocument WithEnded(SwitchRecord ended)
    {
        var kept = History.Length < MaxHistory ? History : History[(History.Length - MaxHistory + 1)..];
        return this with { Intent = Intent?.Id == ended.Id ? null : Intent, History = kept.Add(ended) };
    }
}

[JsonSerializable(typeof(PhaseDocument))]
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
internal sealed partial class PhaseDocumentJson : JsonSerializerContext;
