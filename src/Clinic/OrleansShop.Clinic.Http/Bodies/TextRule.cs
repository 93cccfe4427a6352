using System.Text;
using OrleansShop.Clinic.Http.Problems;

namespace OrleansShop.Clinic.Http.Bodies;

/// <summary>
/// What a text of the contract must look like. Lengths are counted in Unicode code points, as JSON Schema and PostgreSQL count them.
/// Patterns are matched by code point too: a regular expression of .NET sees a letter outside the basic plane as two surrogates, which are no letters.
/// </summary>
internal sealed record TextRule(int MinLength, int MaxLength, Func<string, bool>? Pattern = null, string? PatternMessage = null)
{
    /// <summary>Pattern of the contract: <c>^[\p{L}]+([ '-][\p{L}]+){0,2}$</c>.</summary>
    public static readonly TextRule FirstName = new(1, 30, text => IsName(text), ContractTexts.FirstNamePattern);

    /// <summary>Pattern of the contract: <c>^[\p{L}]+([ '-][\p{L}]+){0,2}\.?$</c>.</summary>
    public static readonly TextRule LastName = new(1, 30, text => IsName(text.EndsWith('.') ? text[..^1] : text), ContractTexts.LastNamePattern);

    public static readonly TextRule Address = new(1, 255);

    public static readonly TextRule City = new(1, 80);

    /// <summary>Pattern of the contract: <c>^[0-9]*$</c>.</summary>
    public static readonly TextRule Telephone = new(1, 20, text => text.All(char.IsAsciiDigit), ContractTexts.DigitsPattern);

    public static readonly TextRule PetName = new(0, 30);

    public static readonly TextRule VisitDescription = new(1, 255);

    /// <summary>Names of pet types, specialties and roles, user names and passwords.</summary>
    public static readonly TextRule Name80 = new(1, 80);

    private const int MaxWords = 3;

    /// <summary>The first fault of the text, or null when it has none.</summary>
    public string? FaultOf(string text)
    {
        if (text.Any(char.IsControl)) return ContractTexts.ControlCharacters;

        var length = text.EnumerateRunes().Count();
        if (length < MinLength || length > MaxLength) return ContractTexts.Length(MinLength, MaxLength);

        return Pattern is null || Pattern(text) ? null : PatternMessage;
    }

    private static bool IsName(string text)
    {
        var words = 1;
        var lettersInWord = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetter(rune))
            {
                lettersInWord++;
                continue;
            }

            if (rune.Value is not (' ' or '\'' or '-') || lettersInWord == 0 || words == MaxWords) return false;
            words++;
            lettersInWord = 0;
        }

        return lettersInWord > 0;
    }
}
