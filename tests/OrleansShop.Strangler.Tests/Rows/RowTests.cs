using System.Text.Json;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Rows;
using Xunit;

namespace OrleansShop.Strangler.Tests.Rows;

public sealed class RowTests
{
    [Fact]
    public void A_row_makes_the_round_trip_through_json()
    {
        var row = Row.Of(("id", 1), ("name", "Ünï \"q\" 🐶"), ("born", new DateOnly(2000, 2, 29)), ("price", 12.50m), ("ratio", 1e300), ("on", true), ("note", null));

        var copy = JsonSerializer.Deserialize<Row>(JsonSerializer.Serialize(row, BridgeWire.Json), BridgeWire.Json)!;

        Assert.Equal(row, copy);
        Assert.Equal(row.GetHashCode(), copy.GetHashCode());
        Assert.Equal(1, copy.Int32("id"));
        Assert.Equal(new DateOnly(2000, 2, 29), copy.Date("born"));
        Assert.Null(copy.TextOrNull("note"));
        Assert.Null(copy.DateOrNull("note"));
        Assert.Null(copy.Int32OrNull("note"));
        Assert.Equal(long.MaxValue, JsonSerializer.Deserialize<Row>($$"""{"n":{{long.MaxValue}}}""", BridgeWire.Json)!["n"]);
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":[1]}""")]
    [InlineData("""{"a":{}}""")]
    [InlineData("[]")]
    [InlineData("7")]
    public void Json_that_is_no_row_is_refused(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Row>(json, BridgeWire.Json));

    [Fact]
    public void A_row_with_too_many_columns_is_refused()
    {
        var json = $"{{{string.Join(",", Enumerable.Range(0, 257).Select(number => $"\"c{number}\":1"))}}}";

        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Row>(json, BridgeWire.Json));
    }

    [Fact]
    public void A_value_of_another_type_is_named_by_its_column_and_not_shown()
    {
        var row = Row.Of(("telephone", "6085551023"), ("big", long.MaxValue));

        Assert.Contains("'telephone' holds a text of 10 characters; expected an integer", Assert.Throws<FormatException>(() => row.Int32("telephone")).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => row.Int32("big"));
        Assert.Throws<FormatException>(() => row.Date("telephone"));
        Assert.Contains("big, telephone", Assert.Throws<KeyNotFoundException>(() => row.Text("phone")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Row.Of(("photo", new byte[1])));
        Assert.DoesNotContain("6085551023", row.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Entities_are_equal_by_what_their_rows_hold_in_any_order()
    {
        var one = Entity(Row.Of(("a", 1), ("b", 2)), Row.Of(("c", 1)), Row.Of(("c", 2)));
        var same = Entity(Row.Of(("b", 2), ("a", 1)), Row.Of(("c", 2)), Row.Of(("c", 1)));

        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, Entity(Row.Of(("a", 1), ("b", 2)), Row.Of(("c", 1))));
        Assert.NotEqual(one, one with { Version = 9 });
        Assert.Equal(one with { Children = null }, one with { Children = new Dictionary<string, IReadOnlyList<Row>> { ["children"] = [] } });

        static EntityRows Entity(Row row, params Row[] children) =>
            new("kind", "1", 1, row, new Dictionary<string, IReadOnlyList<Row>> { ["children"] = children });
    }
}
