using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace OrleansShop.Engine.Tests.Serialization;

/// <summary>Serialization as an application has it, with what a test adds.</summary>
internal static class Serialization
{
    public static ServiceProvider Start(Action<ISerializerBuilder>? configure = null) =>
        new ServiceCollection().AddSerializer(configure).BuildServiceProvider();

    public static T? RoundTrip<T>(T value)
    {
        using var services = Start();
        var serializer = services.GetRequiredService<Serializer>();
        return serializer.Deserialize<T>(serializer.SerializeToArray(value));
    }

    /// <summary>Writes a value as one type and reads it as another, as a later or an earlier version of a process would.</summary>
    public static TRead? Reread<TWritten, TRead>(TWritten value)
    {
        using var services = Start();
        var serializer = services.GetRequiredService<Serializer>();
        return serializer.Deserialize<TRead>(serializer.SerializeToArray(value));
    }

    public static T Copy<T>(T value)
    {
        using var services = Start();
        return services.GetRequiredService<DeepCopier>().Copy(value);
    }
}
