using System.Globalization;
using System.Text;

namespace OrleansShop.Cli;

/// <summary>
/// Makes texts from outside safe to show. A terminal takes control characters for orders (colours, moves of the cursor, titles), and characters that turn the direction of writing make one text look like another.
/// They are shown as <c>\u001b</c> instead.
/// </summary>
internal static class Printable
{
    /// <summary>As one line: line breaks and tabs become spaces.</summary>
    public static string Line(string text) => Escape(text, static character => character is '\r' or '\n' or '\t' ? " " : null);

    /// <summary>As it is, with its lines and tabs.</summary>
    public static string Lines(string text) => Escape(text, static character => character is '\r' or '\n' or '\t' ? character.ToString() : null);

    /// <summary>The same JSON: what is escaped can stand in strings only, where the escape means the same.</summary>
    /// <param name="json">Valid JSON.</param>
    public static string Json(string json) => Lines(json);

    private static string Escape(string text, Func<char, string?> keep)
    {
        if (!text.Any(IsOrder)) return text;
        var safe = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            safe.Append(!IsOrder(character) ? character.ToString() : keep(character) ?? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"));
        }

        return safe.ToString();
    }

    private static bool IsOrder(char character) => char.IsControl(character)
        || character is '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
