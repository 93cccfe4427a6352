using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansShop.Engine.Serialization;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization;

public sealed record Plain(int Number, string Text);

public sealed class JsonTests
{
    [Fact]
    public void A_type_that_the_application_names_is_serialized_as_json()
    {
        using var services = Serialization.Start(builder => builder.AddJsonSerializer(type => type == typeof(Plain)));
        var serializer = services.GetRequiredService<Serializer>();
        var bytes = serializer.SerializeToArray(new Node { Any = new Plain(1, "text") });

        Assert.Equal(new Plain(1, "text"), serializer.Deserialize<Node>(bytes)!.Any);
        Assert.True(bytes.AsSpan().IndexOf("\"Text\":\"text\""u8) > 0);
        Assert.NotSame(Serialization.Copy<object>("x"), services.GetRequiredService<DeepCopier>().Copy<object>(new Plain(1, "x")));
    }

    [Fact]
    public void Other_types_are_not() =>
        Assert.Throws<PayloadException>(() => Serialization.RoundTrip(new Plain(1, "text")));

    [Fact]
    public void Text_that_is_not_json_is_refused()
    {
        using var services = Serialization.Start(builder => builder.AddJsonSerializer(type => type == typeof(Plain)));
        var serializer = services.GetRequiredService<Serializer>();
        var bytes = serializer.SerializeToArray(new Plain(1, "text"));
        bytes[^1] = (byte)'{';

        Assert.Throws<PayloadException>(() => serializer.Deserialize<Plain>(bytes));
    }
}
