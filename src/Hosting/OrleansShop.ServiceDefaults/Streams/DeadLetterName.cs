namespace OrleansShop.ServiceDefaults.Streams;

/// <summary>A dead letter's name for people: its provider, a slash, and its id within the provider, which has no slash.</summary>
/// <param name="Provider">The stream provider.</param>
/// <param name="Id">The id within it.</param>
public readonly record struct DeadLetterName(string Provider, string Id)
{
    /// <summary>What a name looks like, for those who got it wrong.</summary>
    public const string Form = "it is the provider, a slash and a name, as lists of dead letters show it.";

    private const int MaxChars = 1024;

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string? text, out DeadLetterName name)
    {
        var slash = text?.LastIndexOf('/') ?? -1;
        var isName = slash > 0 && slash < text!.Length - 1 && text.Length <= MaxChars && !text.Any(char.IsControl);
        name = isName ? new(text![..slash], text[(slash + 1)..]) : default;
        return isName;
    }

    /// <summary>The name as it is read.</summary>
    public override string ToString() => $"{Provider}/{Id}";
}
