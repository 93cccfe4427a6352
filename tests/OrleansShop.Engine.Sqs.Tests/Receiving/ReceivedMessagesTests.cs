using System.Text;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Receiving;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Receiving;

/// <summary>What a service, or who poses as one, may answer to a receive.</summary>
public sealed class ReceivedMessagesTests
{
    private const string Whole =
        """
        {"Messages":[{"MessageId":"id","ReceiptHandle":"handle","Body":"abc","MD5OfBody":"900150983cd24fb0d6963f7d28e17f72",
          "Attributes":{"ApproximateReceiveCount":"3","SentTimestamp":"1700000000123","ApproximateFirstReceiveTimestamp":"1700000001000","MessageGroupId":"g","MessageDeduplicationId":"d",
            "SequenceNumber":"18849496460467696128","DeadLetterQueueSourceArn":"arn:aws:sqs:eu-central-1:1:source","Future":"x"},
          "MessageAttributes":{"kind":{"DataType":"String","StringValue":"hello"},"count":{"DataType":"Number","StringValue":"7"},"raw":{"DataType":"Binary","BinaryValue":"AQID"}},
          "Future":{"a":[1,2]}}],"Future":1}
        """;

    [Fact]
    public void Everything_is_read_and_what_is_new_is_skipped()
    {
        var received = Read(Whole);

        Assert.Empty(received.Damaged);
        var message = Assert.Single(received.Messages);
        Assert.Equal(("id", "handle", "abc"), (message.Id, message.ReceiptHandle, message.Body));
        Assert.Equal(new Dictionary<string, string> { ["kind"] = "hello", ["count"] = "7", ["raw"] = "AQID" }, message.Attributes);
        Assert.Equal(new Dictionary<string, string> { ["count"] = "Number", ["raw"] = "Binary" }, message.AttributeTypes);
        var system = message.SystemAttributes;
        Assert.Equal((3, DateTimeOffset.FromUnixTimeMilliseconds(1700000000123), DateTimeOffset.FromUnixTimeMilliseconds(1700000001000)), (system.ReceiveCount, system.SentAt, system.FirstReceivedAt));
        Assert.Equal(("g", "d", "18849496460467696128", "arn:aws:sqs:eu-central-1:1:source", "x"), (system.GroupId, system.DeduplicationId, system.SequenceNumber, system.DeadLetterSourceArn, system.All["Future"]));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("""{"Messages":null}""")]
    [InlineData("""{"Messages":[]}""")]
    public void No_messages_are_none(string answer) => Assert.Empty(Read(answer).Messages);

    [Fact]
    public void A_body_that_is_not_what_its_digest_says_is_set_aside()
    {
        var received = Read(Whole.Replace("\"abc\"", "\"abd\"", StringComparison.Ordinal));

        Assert.Equal(["id"], received.Damaged);
        Assert.Empty(received.Messages);
    }

    [Fact]
    public void An_answer_that_breaks_off_anywhere_is_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(Whole);
        for (var length = 1; length < bytes.Length; length++)
            Assert.Throws<InvalidAnswer>(() => ReceivedMessages.Read(bytes.AsMemory(0, length)));
    }

    [Theory]
    [InlineData("\"id\"", "7")]
    [InlineData("\"id\"", "null")]
    [InlineData("\"MessageId\"", "\"Other\"")]
    [InlineData("\"handle\"", "{}")]
    [InlineData("\"abc\"", "[]")]
    [InlineData("\"abc\"", "\"\\ud83d\"")]
    [InlineData("\"3\"", "\"many\"")]
    [InlineData("\"3\"", "3")]
    [InlineData("\"3\"", "\"99999999999999999999\"")]
    [InlineData("\"1700000000123\"", "\"-1\"")]
    [InlineData("\"1700000000123\"", "\"9999999999999999\"")]
    [InlineData("\"DataType\":\"String\"", "\"DataType\":7")]
    [InlineData("\"StringValue\":\"hello\"", "\"BinaryValue\":\"AQID\"")]
    [InlineData("{\"DataType\":\"Number\",\"StringValue\":\"7\"}", "\"7\"")]
    [InlineData("{\"Messages\":[", "{\"Messages\":[7,")]
    public void A_property_of_another_kind_is_refused(string part, string other)
    {
        Assert.Contains(part, Whole, StringComparison.Ordinal);
        Assert.Throws<InvalidAnswer>(() => Read(Whole.Replace(part, other, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{"Messages":{}}""")]
    [InlineData("""{"Messages":"none"}""")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\uFEFF{}")]
    [InlineData("{} {}")]
    public void Something_else_altogether_is_refused(string answer) => Assert.Throws<InvalidAnswer>(() => Read(answer));

    [Fact]
    public void An_answer_that_is_nested_without_end_is_refused() =>
        Assert.Throws<InvalidAnswer>(() => Read("{\"Messages\":" + string.Concat(Enumerable.Repeat("[", 100_000))));

    [Fact]
    public void Bytes_that_are_no_text_are_refused() => Assert.Throws<InvalidAnswer>(() => ReceivedMessages.Read(new byte[] { (byte)'{', 0xFF, 0xFE, (byte)'}' }));

    private static Received Read(string answer) => ReceivedMessages.Read(Encoding.UTF8.GetBytes(answer));
}
