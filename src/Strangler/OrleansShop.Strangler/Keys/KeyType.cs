using System.Globalization;

namespace OrleansShop.Strangler.Keys;

/// <summary>What the ids of a kind of entity are, and with that, what the keys of its grains are.</summary>
public enum KeyType
{
    /// <summary>Whole numbers of 64 bits. The grains are <see cref="IGrainWithIntegerKey"/>; lists are in the order of the numbers.</summary>
    Integer = 0,

    /// <summary>Texts, of which every character counts. The grains are <see cref="IGrainWithStringKey"/>; lists are in the order of the code points.</summary>
    Text = 1,

    /// <summary>Unique ids of 128 bits, in columns of that type. The grains are <see cref="IGrainWithGuidKey"/>; lists are in the order of their digits.</summary>
    Uuid = 2,
}

/// <summary>The one place that says how an id is written: each has one form, so that two texts never mean one entity in the ledger, in shares, in the index and in keys of grains.</summary>
public static class KeyTypes
{
    /// <summary>The most characters (UTF-16 code units) of an id: 200. With them a key of DynamoDB and the name of a grain stay below their limits.</summary>
    public const int MaxLength = 200;

    /// <summary>Reads an id, in whichever form somebody has written it: <c>007</c> is the number 7, and letters in a unique id may be capitals. A text is what it is.</summary>
    /// <param name="type">What the ids of the kind are.</param>
    /// <param name="text">The text; null is none.</param>
    /// <param name="id">The id; its <see cref="EntityId.ToString"/> is its one form.</param>
    /// <returns>False: no entity of the kind can have this id.</returns>
    public static bool TryRead(this KeyType type, string? text, out EntityId id)
    {
        id = default;
        switch (type)
        {
            case KeyType.Integer when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                id = number;
                return true;
            case KeyType.Uuid when Guid.TryParseExact(text, "D", out var unique):
                id = EntityId.OfText(unique.ToString("D"));
                return true;
            case KeyType.Text when text is { Length: > 0 and <= MaxLength } && IsPlain(text):
                id = EntityId.OfText(text);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Reads an id that should be one.</summary>
    /// <exception cref="FormatException">No entity of the kind can have this id.</exception>
    public static EntityId Read(this KeyType type, string? text) =>
        type.TryRead(text, out var id) ? id : throw new FormatException($"{Describe(text)} is no id of this kind of entity; it has to be {type.Wanted()}.");

    /// <summary>The one form of an id that a client has written in some way; what is no id is left as it is. Allocates nothing for numbers and texts in their one form.</summary>
    public static string Canonical(this KeyType type, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isInForm = type == KeyType.Text || (type == KeyType.Integer && text is [>= '1' and <= '9', ..]);
        return !isInForm && type.TryRead(text, out var id) ? id.ToString() : text;
    }

    /// <summary>What an id looks like, for messages.</summary>
    public static string Wanted(this KeyType type) => type switch
    {
        KeyType.Integer => "a whole number of 64 bits",
        KeyType.Text => $"a text of 1 to {MaxLength} characters without control characters",
        KeyType.Uuid => "a unique id such as 0f8fad5b-d9cb-469f-a165-70867728950e",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "This version does not know the type of key."),
    };

    /// <summary>Half of a pair of surrogates would become another character on its way, and a control character another line in a log.</summary>
    private static bool IsPlain(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsControl(text[index])) return false;
            if (!char.IsSurrogate(text[index])) continue;
            if (index + 1 == text.Length || !char.IsSurrogatePair(text[index], text[index + 1])) return false;
            index++;
        }

        return true;
    }

    private static string Describe(string? text) => text switch
    {
        null => "Null",
        { Length: > MaxLength } => $"A text of {text.Length} characters",
        _ => $"'{text}'",
    };
}
