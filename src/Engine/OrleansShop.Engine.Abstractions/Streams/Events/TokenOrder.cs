using Orleans.Streams;

namespace Orleans.Providers.Streams.Common;

/// <summary>The order of tokens of two numbers, whichever of the two kinds they are.</summary>
internal static class TokenOrder
{
    public static bool AreEqual(StreamSequenceToken token, StreamSequenceToken? other) =>
        IsOfTwoNumbers(other) && token.SequenceNumber == other!.SequenceNumber && token.EventIndex == other.EventIndex;

    public static int Compare(StreamSequenceToken token, StreamSequenceToken? other)
    {
        if (other is null)
            return 1;
        if (!IsOfTwoNumbers(other))
            throw new ArgumentOutOfRangeException(nameof(other), $"{token} cannot be compared with a {other.GetType()}: they are tokens of different providers.");
        return token.SequenceNumber.CompareTo(other.SequenceNumber) is var byNumber and not 0 ? byNumber : token.EventIndex.CompareTo(other.EventIndex);
    }

    private static bool IsOfTwoNumbers(StreamSequenceToken? token) => token is EventSequenceToken or EventSequenceTokenV2;
}
