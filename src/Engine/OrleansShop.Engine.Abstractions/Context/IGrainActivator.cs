namespace Orleans.Runtime;

/// <summary>
/// Makes the grain objects of activations that have it as a component, in place of the engine. An <see cref="IConfigureGrainContext"/> gives it to them with
/// <see cref="IGrainContext.SetComponent"/>. Both methods run in a turn of the activation.
/// </summary>
public interface IGrainActivator
{
    /// <summary>Returns a new grain object: of the activation's grain class, or of one derived from it. An exception fails the activation.</summary>
    object CreateInstance(IGrainContext context);

    /// <summary>Disposes a grain object that is not used any more. An exception is logged.</summary>
    ValueTask DisposeInstance(IGrainContext context, object instance);
}
