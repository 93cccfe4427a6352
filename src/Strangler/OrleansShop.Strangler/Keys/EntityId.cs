namespace OrleansShop.Strangler.Keys;

/// <summary>
/// The id of an entity: a whole number, or a text. Which of them depends on its kind (<see cref="KeyType"/>). Immutable, compared by value; what is not set is the number 0.
/// </summary>
public readonly record struct EntityId : IComparable<EntityId>
{
    private readonly long _number;
    private readonly string? _text;

    private EntityId(long number) => _number = number;

    private EntityId(string text) => _text = text;

    /// <summary>Whether it is a number; else it is a text.</summary>
    public bool IsNumber => _text is null;

    /// <summary>The id as a column holds it: a <see cref="long"/> or a <see cref="string"/>.</summary>
    public object Value => _text ?? (object)_number;

    /// <summary>A number as an id.</summary>
    public static implicit operator EntityId(long number) => new(number);

    /// <summary>The number that an id is.</summary>
    /// <exception cref="InvalidCastException">It is a text.</exception>
    public static explicit operator long(EntityId id) => id._text is null ? id._number : throw new InvalidCastException($"The id '{id._text}' is a text and no number.");

    /// <summary>Whether one id comes before another in lists.</summary>
    public static bool operator <(EntityId one, EntityId other) => one.CompareTo(other) < 0;

    /// <summary>Whether one id comes after another in lists.</summary>
    public static bool operator >(EntityId one, EntityId other) => one.CompareTo(other) > 0;

    /// <summary>Whether one id is another or comes before it in lists.</summary>
    public static bool operator <=(EntityId one, EntityId other) => one.CompareTo(other) <= 0;

    /// <summary>Whether one id is another or comes after it in lists.</summary>
    public static bool operator >=(EntityId one, EntityId other) => one.CompareTo(other) >= 0;

    /// <summary>The order of lists: numbers by their size and before texts, texts by their code points, which is how the bytes of UTF-8 sort, and databases.</summary>
    public int CompareTo(EntityId other) => (_text, other._text) switch
    {
        (null, null) => _number.CompareTo(other._number),
        (null, _) => -1,
        (_, null) => 1,
        ({ } mine, { } theirs) => CompareTexts(mine, theirs),
    };

    /// <summary>The one form of the id as text, in which ledger, shares, rows and messages have it.</summary>
    public override string ToString() => _text ?? _number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A text as an id; <see cref="KeyTypes"/> says which texts are ids.</summary>
    internal static EntityId OfText(string text) => new(text);

    private static int CompareTexts(string one, string other)
    {
        var length = Math.Min(one.Length, other.Length);
        for (var index = 0; index < length; index++)
        {
            var (mine, theirs) = (one[index], other[index]);
            if (mine != theirs) return Rank(mine) - Rank(theirs);
        }

        return one.Length - other.Length;
    }

    /// <summary>Code units of surrogates stand for code points above all others, and have lower numbers than some.</summary>
    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + char.MaxValue : unit;
}
