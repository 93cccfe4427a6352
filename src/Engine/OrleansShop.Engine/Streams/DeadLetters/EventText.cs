using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Streams;

namespace OrleansShop.Engine.Streams.DeadLetters;

/// <summary>Makes what operators see of an event.</summary>
internal static class EventText
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { ReferenceHandler = ReferenceHandler.IgnoreCycles };

    /// <summary>The events of a message as JSON; its bytes if they cannot be read here.</summary>
    /// <param name="message">The message; readable without services.</param>
    /// <param name="bytes">Its bytes as they were in the queue.</param>
    public static DeadLetterPayload Of(IBatchContainer message, ReadOnlySpan<byte> bytes)
    {
        try
        {
            var text = new StringBuilder("[");
            foreach (var (item, _) in message.GetEvents<object>())
            {
                text.Append(text.Length == 1 ? "" : ",").Append(JsonSerializer.Serialize(item, item.GetType(), s_options));
                if (text.Length > DeadLetterPayload.MaxTextChars)
                    return new(text.ToString(0, DeadLetterPayload.MaxTextChars), IsJson: false, $"It is longer than {DeadLetterPayload.MaxTextChars} characters; this is its beginning.");
            }

            return new(text.Append(']').ToString(), IsJson: true, Problem: null);
        }
#pragma warning disable CA1031 // Bytes of any kind, of types of any kind: the operator is told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // Whole groups of three bytes have no padding in between.
            const int MostBytes = DeadLetterPayload.MaxTextChars / 4 * 3;
            var cut = bytes.Length > MostBytes ? $" These are its first {MostBytes} of {bytes.Length} bytes." : "";
            return new(Convert.ToBase64String(bytes[..Math.Min(bytes.Length, MostBytes)]), IsJson: false, $"It cannot be read here: {e.GetType().Name}: {Bounded(e.Message)}{cut}");
        }
    }

    private static string Bounded(string text) => text.Length <= DeadLetterReason.MaxMessageChars ? text : text[..DeadLetterReason.MaxMessageChars];
}
