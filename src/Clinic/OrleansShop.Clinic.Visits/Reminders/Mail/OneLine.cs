using System.Globalization;
using System.Text;

namespace OrleansShop.Clinic.Visits.Reminders.Mail;

/// <summary>Text from outside on its way into a mail.</summary>
internal static class OneLine
{
    /// <summary>
    /// The text as one line of bounded length: line ends, other control characters, invisible ones such as those that turn the direction of writing, and broken surrogates become blanks, and blanks in a row one.
    /// So a name can neither add a header nor a line, nor look like another.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">How many characters at most, counted as Unicode does, with the ellipsis for what is left out. From 1.</param>
    public static string Of(string? text, int maxLength)
    {
        var line = new StringBuilder();
        var (length, isBlankDue) = (0, false);
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (IsBlank(rune))
            {
                isBlankDue = length > 0;
                continue;
            }

            var needed = isBlankDue ? 2 : 1;
            if (length + needed > maxLength) return Shortened(line, length, maxLength);
            if (isBlankDue) line.Append(' ');
            line.Append(rune.ToString());
            (length, isBlankDue) = (length + needed, false);
        }

        return line.ToString();
    }

    // Broken surrogates are enumerated as the replacement character.
    private static bool IsBlank(Rune rune) => Rune.IsWhiteSpace(rune) || rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    private static string Shortened(StringBuilder line, int length, int maxLength)
    {
        if (length >= maxLength)
        {
            var last = char.IsLowSurrogate(line[^1]) ? 2 : 1;
            line.Length -= last;
        }

        return line.Append('…').ToString();
    }
}
