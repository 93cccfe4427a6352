using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization;

public sealed class OnDeserializedTests
{
    [Fact]
    public void An_object_is_told_once_its_members_are_read_and_finds_the_services_of_the_process()
    {
        using var services = new ServiceCollection().AddSerializer().AddSingleton(new Till("front")).BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();

        var read = serializer.Deserialize<Receipt>(serializer.SerializeToArray(new Receipt { Total = 12 }));

        Assert.Equal("12 at front", read!.Text);
    }

    [Fact]
    public async Task The_runtime_client_of_a_silo_makes_references()
    {
        await using var silo = await TestSilo.StartAsync();

        var callbacks = ActivatorUtilities.CreateInstance<OnDeserializedCallbacks>(silo.Services);

        Assert.IsAssignableFrom<IGrainFactory>(callbacks.RuntimeClient);
    }
}

internal sealed record Till(string Name);

[GenerateSerializer, SerializationCallbacks(typeof(OnDeserializedCallbacks))]
internal sealed class Receipt : IOnDeserialized
{
    [Id(0)]
    public int Total { get; set; }

    [field: NonSerialized]
    public string? Text { get; private set; }

    public void OnDeserialized(DeserializationContext context) => Text = $"{Total} at {context.ServiceProvider.GetRequiredService<Till>().Name}";
}
