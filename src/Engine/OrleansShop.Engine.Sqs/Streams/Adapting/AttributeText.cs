using System.Text;
using OrleansShop.Engine.Sqs.Sending;

namespace OrleansShop.Engine.Sqs.Streams.Adapting;

/// <summary>Texts as the values of attributes.</summary>
internal static class AttributeText
{
    /// <summary>A text that SQS takes and that people can read: cut, and with question marks for characters that SQS refuses. Null for an empty one.</summary>
    public static string? Readable(string? text, int mostChars)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var cut = text.Length <= mostChars ? text : text[..(char.IsHighSurrogate(text[mostChars - 1]) ? mostChars - 1 : mostChars)];
        if (cut.Length == 0) return null;
        if (MessageRules.IndexOfRefused(cut) < 0) return cut;

        var clean = new StringBuilder(cut);
        for (int at; (at = MessageRules.IndexOfRefused(clean.ToString())) >= 0;) clean[at] = '?';
        return clean.ToString();
    }
}
