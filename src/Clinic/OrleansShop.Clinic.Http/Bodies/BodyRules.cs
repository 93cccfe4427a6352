using System.Globalization;
using System.Text.Json;
using OrleansShop.Clinic.Http.Problems;

namespace OrleansShop.Clinic.Http.Bodies;

/// <summary>
/// Reads the properties of one JSON object by the rules of the contract and collects what is wrong, one entry for each property, in the order in which the
/// properties are asked for. A null property counts as absent; unknown properties are not looked at. Values are meaningful only after <see cref="ThrowIfBroken"/>.
/// </summary>
internal sealed class BodyRules
{
    private readonly JsonElement _object;
    private readonly string _pointer;
    private readonly List<string> _faults;

    private BodyRules(JsonElement element, string pointer, List<string> faults)
    {
        _object = element;
        _pointer = pointer;
        _faults = faults;
    }

    /// <summary>Rules over a whole body. A body that is no object ends the request at once.</summary>
    public static BodyRules Over(JsonElement body) => body.ValueKind == JsonValueKind.Object
        ? new BodyRules(body, "", [])
        : throw ProblemException.Invalid(ContractTexts.AtPath("/", ContractTexts.NotAnObject));

    public string Text(string property, TextRule rule) => OptionalText(property, rule, required: true) ?? "";

    public string? OptionalText(string property, TextRule rule, bool required = false)
    {
        if (!TryGet(property, required, out var value)) return null;
        if (value.ValueKind != JsonValueKind.String) return Fault<string>(property, ContractTexts.NotAString);

        var text = value.GetString()!;
        return rule.FaultOf(text) is { } fault ? Fault<string>(property, fault) : text;
    }

    public DateOnly? Date(string property, bool required)
    {
        if (!TryGet(property, required, out var value)) return null;

        if (value.ValueKind == JsonValueKind.String
            && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        Broken(property, ContractTexts.NotADate);
        return null;
    }

    public int? Id(string property, bool required)
    {
        if (!TryGet(property, required, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var id) && id >= 0) return id;

        Broken(property, ContractTexts.NotAnId);
        return null;
    }

    public bool? Flag(string property)
    {
        if (!TryGet(property, required: false, out var value)) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();

        Broken(property, ContractTexts.NotABoolean);
        return null;
    }

    /// <summary>Rules over an object inside this one, or null when it is missing or no object; both are faults.</summary>
    public BodyRules? Object(string property)
    {
        if (!TryGet(property, required: true, out var value)) return null;
        return value.ValueKind == JsonValueKind.Object
            ? new BodyRules(value, PointerTo(property), _faults)
            : Fault<BodyRules>(property, ContractTexts.NotAnObject);
    }

    /// <summary>Rules over each object of an array. Absent (only if not required) is empty.</summary>
    public IReadOnlyList<BodyRules> Objects(string property, bool required, int maxItems)
    {
        if (!TryGet(property, required, out var value)) return [];
        if (value.ValueKind != JsonValueKind.Array) return Fault<IReadOnlyList<BodyRules>>(property, ContractTexts.NotAnArray) ?? [];
        if (value.GetArrayLength() > maxItems) return Fault<IReadOnlyList<BodyRules>>(property, ContractTexts.TooManyItems) ?? [];

        var items = new List<BodyRules>();
        foreach (var (item, index) in value.EnumerateArray().Select((item, index) => (item, index)))
        {
            var pointer = $"{PointerTo(property)}/{index}";
            if (item.ValueKind == JsonValueKind.Object) items.Add(new BodyRules(item, pointer, _faults));
            else _faults.Add(ContractTexts.AtPath(pointer, ContractTexts.NotAnObject));
        }

        return items;
    }

    public void Broken(string property, string message) => _faults.Add(ContractTexts.AtPath(PointerTo(property), message));

    public void BrokenWhole(string message) => _faults.Add(ContractTexts.AtPath(_pointer, message));

    public int FaultCount => _faults.Count;

    public void ThrowIfBroken()
    {
        if (_faults.Count > 0) throw ProblemException.Invalid(_faults);
    }

    private string PointerTo(string property) => $"{_pointer}/{property}";

    private bool TryGet(string property, bool required, out JsonElement value)
    {
        if (_object.TryGetProperty(property, out value) && value.ValueKind != JsonValueKind.Null) return true;
        if (required) Broken(property, ContractTexts.Required);
        return false;
    }

    private T? Fault<T>(string property, string message)
        where T : class
    {
        Broken(property, message);
        return null;
    }
}
