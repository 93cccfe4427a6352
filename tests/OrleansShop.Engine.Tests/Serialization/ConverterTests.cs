using Xunit;

namespace OrleansShop.Engine.Tests.Serialization;

// Types of a library that knows nothing of serialization.
public sealed class Money(decimal amount, string currency)
{
    public decimal Amount { get; } = amount;

    public string Currency { get; } = currency;
}

public readonly struct Range1(int from, int to)
{
    public int From { get; } = from;

    public int To { get; } = to;
}

public sealed class Box<T>(T content)
{
    public T Content { get; } = content;
}

[GenerateSerializer]
public struct MoneySurrogate
{
    [Id(0)] public decimal Amount { get; set; }
    [Id(1)] public string Currency { get; set; }
}

[GenerateSerializer]
public struct RangeSurrogate
{
    [Id(0)] public int From { get; set; }
    [Id(1)] public int To { get; set; }
}

[GenerateSerializer]
public struct BoxSurrogate<T>
{
    [Id(0)] public T Content { get; set; }
}

[RegisterConverter]
public sealed class MoneyConverter : IConverter<Money, MoneySurrogate>, IConverter<Range1, RangeSurrogate>
{
    public Money ConvertFromSurrogate(in MoneySurrogate surrogate) => new(surrogate.Amount, surrogate.Currency);

    public MoneySurrogate ConvertToSurrogate(in Money value) => new() { Amount = value.Amount, Currency = value.Currency };

    public Range1 ConvertFromSurrogate(in RangeSurrogate surrogate) => new(surrogate.From, surrogate.To);

    public RangeSurrogate ConvertToSurrogate(in Range1 value) => new() { From = value.From, To = value.To };
}

[RegisterConverter]
public sealed class BoxConverter<T> : IConverter<Box<T>, BoxSurrogate<T>>
{
    public Box<T> ConvertFromSurrogate(in BoxSurrogate<T> surrogate) => new(surrogate.Content);

    public BoxSurrogate<T> ConvertToSurrogate(in Box<T> value) => new() { Content = value.Content };
}

[GenerateSerializer]
public sealed class Purse
{
    [Id(0)] public Money? First { get; set; }

    [Id(1)] public Money? Second { get; set; }

    [Id(2)] public Range1 Range { get; set; }
}

public sealed class ConverterTests
{
    [Fact]
    public void A_type_with_a_converter_is_a_member_like_any_other()
    {
        var money = new Money(1.5m, "EUR");
        var read = Serialization.RoundTrip(new Purse { First = money, Second = money, Range = new Range1(1, 2) })!;

        Assert.Equal((1.5m, "EUR"), (read.First!.Amount, read.First.Currency));
        Assert.Same(read.First, read.Second);
        Assert.Equal((1, 2), (read.Range.From, read.Range.To));
    }

    [Fact]
    public void A_type_with_a_converter_can_stand_where_any_object_can() =>
        Assert.Equal("EUR", Assert.IsType<Money>(Serialization.RoundTrip<object>(new Money(1, "EUR"))).Currency);

    [Fact]
    public void A_generic_converter_serves_every_type_argument()
    {
        Assert.Equal(3, Serialization.RoundTrip(new Box<int>(3))!.Content);
        Assert.Equal("a", Assert.IsType<Box<Node>>(Serialization.RoundTrip<object>(new Box<Node>(new Node { Name = "a" }))).Content.Name);
    }

    [Fact]
    public void A_copy_goes_through_the_surrogate()
    {
        var box = new Box<List<int>>([1]);
        var copy = Serialization.Copy(box);

        Assert.NotSame(box, copy);
        Assert.NotSame(box.Content, copy.Content);
        Assert.Equal([1], copy.Content);
    }
}
