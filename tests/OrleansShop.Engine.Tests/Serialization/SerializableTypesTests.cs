using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Serialization;
using OrleansShop.Engine.Serialization.Naming;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization;

public sealed class SerializableTypesTests
{
    [Fact]
    public void Every_type_that_the_generator_accepts_without_an_attribute_has_a_codec()
    {
        using var services = Serialization.Start();
        var codecs = services.GetRequiredService<ICodecProvider>();

        foreach (var type in Accepted()) Assert.NotNull(CodecOf(codecs, Closed(type)));
    }

    [Fact]
    public void Every_type_with_a_codec_of_the_engine_is_accepted_by_the_generator()
    {
        var accepted = Accepted().ToHashSet();
        var unlisted = BuiltInTypes.All
            .Where(each => each.Codec is not null && !accepted.Contains(each.Type))
            .Select(each => each.Type)
            .Where(type => !type.IsPrimitive && !type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal));

        // These the generator knows by the language itself.
        Assert.Equal(
            [
                typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly),
                typeof(Nullable<>),
            ],
            unlisted);
    }

    private static IEnumerable<Type> Accepted() =>
        typeof(SerializableTypesAttribute).Assembly.GetCustomAttributes<SerializableTypesAttribute>().SelectMany(each => each.Types);

    private static Type Closed(Type type) => !type.IsGenericTypeDefinition ? type
        : type == typeof(ValueTuple<,,,,,,,>) ? typeof((int, int, int, int, int, int, int, int))
        : type.MakeGenericType([.. type.GetGenericArguments().Select(_ => typeof(int))]);

    private static object? CodecOf(ICodecProvider codecs, Type type) =>
        typeof(ICodecProvider).GetMethod(nameof(ICodecProvider.Get))!.MakeGenericMethod(type).Invoke(codecs, null);
}
