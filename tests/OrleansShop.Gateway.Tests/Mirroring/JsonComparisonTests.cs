using System.Text.Json;
using OrleansShop.Gateway.Mirroring;
using OrleansShop.Strangler.Capabilities;
using Xunit;

namespace OrleansShop.Gateway.Tests.Mirroring;

public sealed class JsonComparisonTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[1,2]}""", """{"b":[1,2],"a":1.0}""", "")]
    [InlineData("""{"a":1}""", """{"a":"1"}""", "a")]
    [InlineData("""{"a":1}""", """{}""", "a")]
    [InlineData("""{}""", """{"a":null}""", "a")]
    [InlineData("""{"a":[{"b":1},{"b":2}]}""", """{"a":[{"b":1},{"b":3}]}""", "a.b")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", "a a")]
    [InlineData("""{"a":[1]}""", """{"a":[]}""", "a")]
    [InlineData("""{"pets":[{"id":1,"visits":[2,3]},{"id":2,"visits":[]}]}""", """{"pets":[{"visits":[],"id":2},{"id":1,"visits":[2,3]}]}""", "")]
    [InlineData("""{"pets":[{"id":1},{"id":2}]}""", """{"pets":[{"id":2},{"id":3}]}""", "pets.id pets.id")]
    [InlineData("""{"timestamp":1,"pets":[{"seen":1}]}""", """{"pets":[{"seen":2}]}""", "")]
    [InlineData("[1]", "{}", "$")]
    public void Differences_are_named_by_their_paths(string monolith, string service, string paths)
    {
        var rules = new CompareRules(Ignored: ["timestamp", "pets.seen"], Unordered: ["pets"]);
        using var left = JsonDocument.Parse(monolith);
        using var right = JsonDocument.Parse(service);

        Assert.Equal(paths, string.Join(' ', JsonComparison.Compare(left.RootElement, right.RootElement, rules).Select(static difference => difference.Path)));
    }

    [Fact]
    public void Values_are_shown_shortened()
    {
        using var left = JsonDocument.Parse($$"""{"a":"{{new string('x', 500)}}"}""");
        using var right = JsonDocument.Parse("""{"a":7}""");

        var difference = Assert.Single(JsonComparison.Compare(left.RootElement, right.RootElement, CompareRules.None));
        Assert.Equal("7", difference.Service);
        Assert.InRange(difference.Monolith.Length, 10, 100);
    }
}
