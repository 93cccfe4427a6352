using System.Text;
using Orleans.Runtime;

namespace OrleansShop.Engine.DynamoDB;

/// <summary>Identities as texts in keys. Two that differ must be two keys.</summary>
internal static class KeyText
{
    /// <summary>What decoding puts in the place of bytes that are no text.</summary>
    private const char Replacement = '\uFFFD';

    /// <exception cref="ArgumentException">The id is no text: others would have the same key.</exception>
    public static string Of(GrainId grain)
    {
        var text = grain.ToString();
        return !text.Contains(Replacement, StringComparison.Ordinal) || GrainId.Parse(text) == grain
            ? text
            : throw new ArgumentException($"The id of the grain {text} holds bytes that are not UTF-8; DynamoDB has no key for it. Take a key that is text.");
    }

    /// <exception cref="ArgumentException">It is too long, or holds half a surrogate pair, which would be stored as another text.</exception>
    public static void Check(string text, int maxBytes, string what)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > maxBytes) throw new ArgumentException($"{what} has {bytes} bytes in UTF-8; DynamoDB takes up to {maxBytes}.");
        for (var index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index])) continue;
            if (!char.IsSurrogatePair(text, index)) throw new ArgumentException($"{what} holds half a surrogate pair at index {index}; it cannot be stored.");
            index++;
        }
    }
}
