using System.Text;
using OrleansShop.Strangler.Events;
using Xunit;

namespace OrleansShop.Strangler.Tests.Events;

public sealed class CloudEventJsonTests
{
    private static readonly CloudEvent Whole = new()
    {
        Id = "library/book/17/3",
        Source = "/library/book/17",
        Type = "book-lent",
        Subject = "17",
        Time = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero),
        DataSchema = "urn:book-lent:2",
        SchemaVersion = 2,
        Sequence = 3,
        TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        TraceState = "a=b",
        Data = """{"reader":"Ada"}"""u8.ToArray(),
    };

    [Fact]
    public void It_is_written_as_the_specification_says() => Assert.Equal(
        """{"specversion":"1.0","id":"library/book/17/3","source":"/library/book/17","type":"book-lent","subject":"17","time":"2030-01-02T03:04:05.0000000Z","dataschema":"urn:book-lent:2","schemaversion":2,"sequence":"0000000000000000003","traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","tracestate":"a=b","datacontenttype":"application/json","data":{"reader":"Ada"}}""",
        Encoding.UTF8.GetString(CloudEventJson.Write(Whole)));

    [Fact]
    public void What_is_written_is_read()
    {
        var read = CloudEventJson.Read(CloudEventJson.Write(Whole));

        Assert.Equal(Whole with { Data = default }, read with { Data = default });
        Assert.Equal(new Loan("Ada"), read.Read<Loan>());
    }

    [Fact]
    public void The_least_event_of_others_is_read_and_what_is_not_known_passed_over()
    {
        var read = Read("""{"specversion":"1.0","id":"a","source":"/b","type":"c","comexampleextension":5}""");

        Assert.Equal(("a", "/b", "c", null, null, true), (read.Id, read.Source, read.Type, read.Sequence, read.Time, read.Data.IsEmpty));
    }

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("""{"specversion":"1.0","id":"a","sou""", "no JSON")]
    [InlineData("[]", "not an object")]
    [InlineData("{}", "specversion is missing")]
    [InlineData("""{"specversion":"2.0","id":"a","source":"/b","type":"c"}""", "specversion is 2.0")]
    [InlineData("""{"specversion":"1.0","source":"/b","type":"c"}""", "no id")]
    [InlineData("""{"specversion":"1.0","id":"a","source":"","type":"c"}""", "no source")]
    [InlineData("""{"specversion":"1.0","id":"a","source":"/b","type":7}""", "type is a JSON Number")]
    [InlineData("""{"specversion":"1.0","id":"a","source":"/b","type":"c","sequence":"-1"}""", "sequence is '-1'")]
    [InlineData("""{"specversion":"1.0","id":"a","source":"/b","type":"c","schemaversion":0}""", "schemaversion is 0")]
    [InlineData("""{"specversion":"1.0","id":"a","source":"/b","type":"c","time":"yesterday"}""", "time is 'yesterday'")]
    [InlineData("""{"specversion":"1.0","id":"a","source":"/b","type":"c","datacontenttype":"text/xml","data":"<a/>"}""", "datacontenttype is text/xml")]
    public void What_is_no_event_is_refused_with_the_reason(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Too_long_an_id_and_too_long_a_text_are_refused()
    {
        Assert.Contains("257 characters", Assert.Throws<FormatException>(() => Read($$"""{"specversion":"1.0","id":"{{new string('a', 257)}}","source":"/b","type":"c"}""")).Message, StringComparison.Ordinal);
        Assert.Contains("bytes long", Assert.Throws<FormatException>(() => CloudEventJson.Read(new byte[CloudEventJson.MaxBytes + 1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_of_another_form_is_refused_with_the_name_of_the_event()
    {
        var wrong = Assert.Throws<FormatException>(() => (Whole with { Data = """["Ada"]"""u8.ToArray() }).Read<Loan>());

        Assert.Contains("library/book/17/3", wrong.Message, StringComparison.Ordinal);
    }

    private static CloudEvent Read(string text) => CloudEventJson.Read(Encoding.UTF8.GetBytes(text));

    private sealed record Loan(string Reader);
}
