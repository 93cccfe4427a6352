using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OrleansShop.Testing.Mail;

/// <summary>Reads mails: as much of RFC 5322, 2045 and 2047 as a text of one part needs.</summary>
public static partial class MailText
{
    /// <summary>The header fields in their order, unfolded.</summary>
    public static IReadOnlyList<(string Name, string Value)> HeadersOf(string mail)
    {
        var head = Split(mail).Head;
        return [.. Folds().Replace(head, " ").Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(static line => (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim()))];
    }

    /// <summary>The only header field of a name, with encoded words decoded.</summary>
    public static string Header(string mail, string name) =>
        Decode(HeadersOf(mail).Single(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase)).Value);

    /// <summary>The text, decoded.</summary>
    public static string TextOf(string mail)
    {
        var encoding = Header(mail, "Content-Transfer-Encoding");
        return encoding == "quoted-printable" ? QuotedPrintable(Split(mail).Body) : throw new FormatException($"The text is encoded as {encoding}.");
    }

    private static (string Head, string Body) Split(string mail)
    {
        var end = mail.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (mail[..end], mail[(end + 4)..]);
    }

    private static string Decode(string value) => EncodedWord().Replace(value, static word => word.Groups["kind"].Value is "B" or "b"
        ? Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups["text"].Value))
        : QuotedPrintable(word.Groups["text"].Value.Replace('_', ' ')));

    private static string QuotedPrintable(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '=')
            {
                bytes.Add((byte)text[i]);
            }
            else if (i + 2 < text.Length && text[i + 1] == '\r')
            {
                i += 2;
            }
            else
            {
                bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 2;
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Folds();

    [GeneratedRegex(@"=\?utf-8\?(?<kind>[BQbq])\?(?<text>[^?]*)\?=(?:\s+(?==\?))?", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord();
}
