using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Serialization.Naming;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization.Generated;

/// <summary>The generator accepts exactly what the engine serializes.</summary>
public sealed class BuiltInTypeListTests
{
    private static readonly HashSet<Type> s_listed =
        [.. typeof(IGrain).Assembly.GetCustomAttributes<SerializableTypesAttribute>().SelectMany(attribute => attribute.Types)];

    public static TheoryData<Type> Listed() => [.. s_listed];

    [Theory]
    [MemberData(nameof(Listed))]
    public void Each_type_that_the_generator_accepts_has_a_codec(Type type)
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var closed = type.IsGenericTypeDefinition ? type.MakeGenericType([.. type.GetGenericArguments().Select(_ => Argument(type))]) : type;

        Assert.True(services.GetRequiredService<Serializer>().CanSerialize(closed));
    }

    [Fact]
    public void Each_class_with_a_codec_of_its_own_is_accepted_by_the_generator()
    {
        var missing = BuiltInTypes.All.Where(each => each.Codec is not null).Select(each => each.Type)
            .Where(type => !s_listed.Contains(type) && !IsKnownToTheLanguageOrWrittenInline(type));

        Assert.Empty(missing);
    }

    // The last argument of a long tuple is a tuple again; int serves everywhere.
    private static Type Argument(Type type) => type.Name == "Tuple`8" ? typeof(Tuple<int>) : typeof(int);

    private static bool IsKnownToTheLanguageOrWrittenInline(Type type) =>
        type.IsPrimitive || type == typeof(string) || type == typeof(decimal) || type == typeof(Nullable<>)
        || type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal)
        || type == typeof(Guid) || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeSpan)
        || type == typeof(DateOnly) || type == typeof(TimeOnly);
}
