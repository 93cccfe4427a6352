namespace Orleans.Runtime;

/// <summary>Prepares the activations of a grain type.</summary>
public interface IConfigureGrainContext
{
    /// <summary>Prepares an activation, in its first turn, before its grain object is made. An exception fails the activation.</summary>
    void Configure(IGrainContext context);
}
