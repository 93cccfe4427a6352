using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Sending;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Sending;

public sealed class MessageRulesTests
{
    private const string Queue = "https://sqs.eu-central-1.amazonaws.com/123456789012/visits";
    private const string Fifo = Queue + ".fifo";

    [Theory]
    [InlineData(0x0, false)]
    [InlineData(0x8, false)]
    [InlineData(0x9, true)]
    [InlineData(0xA, true)]
    [InlineData(0xB, false)]
    [InlineData(0xC, false)]
    [InlineData(0xD, true)]
    [InlineData(0xE, false)]
    [InlineData(0x1F, false)]
    [InlineData(0x20, true)]
    [InlineData(0x7F, true)]
    [InlineData(0x85, true)]
    [InlineData(0xD7FF, true)]
    [InlineData(0xD800, false)]
    [InlineData(0xDC00, false)]
    [InlineData(0xDFFF, false)]
    [InlineData(0xE000, true)]
    [InlineData(0xFFFD, true)]
    [InlineData(0xFFFE, false)]
    [InlineData(0xFFFF, false)]
    public void A_character_is_taken_or_refused_as_the_service_says(int code, bool isTaken)
    {
        Assert.Equal(isTaken ? -1 : 3, MessageRules.IndexOfRefused($"abc{(char)code}def"));
        var fault = Fault(new SqsOutgoing($"abc{(char)code}"));
        Assert.Equal(isTaken, fault is null);
        if (fault is not null) Assert.Contains($"U+{code:X4} at 3", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Characters_beyond_the_first_plane_are_taken_and_half_of_one_is_not()
    {
        Assert.Equal(-1, MessageRules.IndexOfRefused("😀 𐀀 \U0010FFFF"));
        Assert.Equal(2, MessageRules.IndexOfRefused("😀\ud83d"));
        Assert.Equal(2, MessageRules.IndexOfRefused("😀\ude00"));
        Assert.Equal(0, MessageRules.IndexOfRefused("\ude00\ud83d"));
    }

    [Theory]
    [InlineData("a", 1)]
    [InlineData("ä", 2)]
    [InlineData("€", 3)]
    [InlineData("😀", 4)]
    public void A_message_is_as_long_as_its_utf8_with_names_types_and_values_of_attributes(string text, int bytes)
    {
        Assert.Equal(bytes, MessageRules.SizeInBytes(new SqsOutgoing(text)));
        Assert.Equal(
            bytes + 4 + "String".Length + bytes + 5 + "Number.int".Length + 2 + 3 + "Binary".Length + 3,
            MessageRules.SizeInBytes(new SqsOutgoing(text)
            {
                Attributes = new Dictionary<string, string> { ["name"] = text, ["count"] = "12", ["raw"] = "AQID" },
                AttributeTypes = new Dictionary<string, string> { ["count"] = "Number.int", ["raw"] = "Binary" },
            }));
    }

    [Fact]
    public void A_message_of_the_most_bytes_is_taken_and_one_of_a_byte_more_is_not()
    {
        Assert.Null(Fault(new SqsOutgoing(new string('x', 1000)), maxBytes: 1000));
        var fault = Fault(new SqsOutgoing(new string('x', 1001)), maxBytes: 1000);
        Assert.Equal(SqsFailure.MessageTooLong, fault!.Failure);
        Assert.Contains("1001 bytes", fault.Message, StringComparison.Ordinal);
        Assert.Contains("1000", fault.Message, StringComparison.Ordinal);
        Assert.Contains("\"visits\"", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "body is empty")]
    public void A_message_without_a_body_is_refused(string body, string reason) =>
        Assert.Contains(reason, Fault(new SqsOutgoing(body))!.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("kind", "x", null)]
    [InlineData("Kind.of_1-2", "x", null)]
    [InlineData("", "x", "no name of an attribute")]
    [InlineData(".kind", "x", "no name of an attribute")]
    [InlineData("kind.", "x", "no name of an attribute")]
    [InlineData("ki..nd", "x", "no name of an attribute")]
    [InlineData("ki nd", "x", "no name of an attribute")]
    [InlineData("AWS.kind", "x", "no name of an attribute")]
    [InlineData("amazon.kind", "x", "no name of an attribute")]
    [InlineData("kind", "", "attribute kind is empty")]
    [InlineData("kind", "a\0", "U+0000 at 1")]
    public void Attributes_have_the_names_and_values_that_are_taken(string name, string value, string? reason)
    {
        var fault = Fault(new SqsOutgoing("x") { Attributes = new Dictionary<string, string> { [name] = value } });
        if (reason is null) Assert.Null(fault);
        else Assert.Contains(reason, fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_ten_attributes_at_most_and_binary_ones_are_in_base64()
    {
        Assert.Null(Fault(WithAttributes(10)));
        Assert.Contains("11 attributes", Fault(WithAttributes(11))!.Message, StringComparison.Ordinal);
        var binary = new SqsOutgoing("x") { Attributes = new Dictionary<string, string> { ["raw"] = "no base64!" }, AttributeTypes = new Dictionary<string, string> { ["raw"] = "Binary.png" } };
        Assert.Contains("not Base64", Fault(binary)!.Message, StringComparison.Ordinal);

        static SqsOutgoing WithAttributes(int count) => new("x") { Attributes = Enumerable.Range(0, count).ToDictionary(static number => $"a{number}", static _ => "x") };
    }

    [Fact]
    public void A_fifo_queue_wants_a_group_and_no_delay_and_another_one_no_deduplication_id()
    {
        Assert.Null(Fault(new SqsOutgoing("x") { GroupId = "g", DeduplicationId = "d" }, Fifo));
        Assert.Contains("no group", Fault(new SqsOutgoing("x"), Fifo)!.Message, StringComparison.Ordinal);
        Assert.Contains("delay", Fault(new SqsOutgoing("x") { GroupId = "g", Delay = TimeSpan.FromSeconds(1) }, Fifo)!.Message, StringComparison.Ordinal);
        Assert.Null(Fault(new SqsOutgoing("x") { GroupId = "fair", Delay = TimeSpan.FromMinutes(15) }));
        Assert.Contains("deduplication id", Fault(new SqsOutgoing("x") { DeduplicationId = "d" })!.Message, StringComparison.Ordinal);
        Assert.Contains("its delay is 00:15:01", Fault(new SqsOutgoing("x") { Delay = TimeSpan.FromSeconds(901) })!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a!~", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("ä", false)]
    public void Ids_are_of_ascii(string id, bool isTaken)
    {
        Assert.Equal(isTaken, Fault(new SqsOutgoing("x") { GroupId = id, DeduplicationId = "d" }, Fifo) is null);
        Assert.Equal(isTaken, Fault(new SqsOutgoing("x") { GroupId = "g", DeduplicationId = id }, Fifo) is null);
    }

    [Fact]
    public void Ids_have_128_characters_at_most()
    {
        Assert.Null(Fault(new SqsOutgoing("x") { GroupId = new string('g', 128) }, Fifo));
        Assert.NotNull(Fault(new SqsOutgoing("x") { GroupId = new string('g', 129) }, Fifo));
    }

    [Fact]
    public void A_topic_takes_no_delay() => Assert.Contains(
        "delay", MessageRules.Fault(CalledService.Sns, "arn:aws:sns:eu-central-1:1:t", new SqsOutgoing("x") { Delay = TimeSpan.Zero }, 1, 1000)!.Message, StringComparison.Ordinal);

    private static SqsException? Fault(SqsOutgoing message, string queue = Queue, int maxBytes = 1024 * 1024) =>
        MessageRules.Fault(CalledService.Sqs, queue, message, MessageRules.SizeInBytes(message), maxBytes);
}
