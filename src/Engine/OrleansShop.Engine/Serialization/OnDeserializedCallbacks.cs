using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>
/// What <c>[SerializationCallbacks]</c> names on a class that implements <see cref="IOnDeserialized"/>, to have its objects told when their members
/// have been read.
/// </summary>
/// <param name="serviceProvider">The services of the process.</param>
public class OnDeserializedCallbacks(IServiceProvider serviceProvider) : DeserializationContext
{
    /// <inheritdoc/>
    public override IServiceProvider ServiceProvider => serviceProvider;

    /// <summary>The process's <see cref="IGrainFactory"/>: this engine has no runtime client beside it.</summary>
    /// <exception cref="InvalidOperationException">The process has only serializers: neither silo nor client.</exception>
    public override object RuntimeClient => serviceProvider.GetRequiredService<IGrainFactory>();

    /// <summary>Tells an object that its members have been read.</summary>
    public void OnDeserialized(IOnDeserialized value) => value.OnDeserialized(this);
}
