using System.Text;
using System.Text.Json;
using OrleansShop.Strangler.Capabilities;
using Xunit;

namespace OrleansShop.Strangler.Tests.Capabilities;

public sealed class JsonCollectTests
{
    [Theory]
    [InlineData("""{"pets":[{"visits":[{"id":1},{"id":2}]},{"visits":[]},{"visits":[{"id":3}]}]}""", "pets visits", """[{"id":1},{"id":2},{"id":3}]""")]
    [InlineData("""{"pets":[]}""", "pets visits", "[]")]
    [InlineData("""{"pets":null}""", "pets visits", "[]")]
    [InlineData("""{"name":"no pets"}""", "pets visits", "[]")]
    [InlineData("""{"pets":[{"visits":null},{},7,"text"]}""", "pets visits", "[]")]
    [InlineData("""{"pets":{"visits":{"id":1}}}""", "pets visits", """[{"id":1}]""")]
    [InlineData("""[[1],[2,[3]]]""", "", "[1,2,3]")]
    public void What_is_reached_comes_out_as_one_flat_array(string document, string properties, string expected)
    {
        using var json = JsonDocument.Parse(document);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            JsonCollect.Write(json.RootElement, properties.Split(' ', StringSplitOptions.RemoveEmptyEntries), writer);
        }

        Assert.Equal(expected, Encoding.UTF8.GetString(stream.ToArray()));
    }
}
