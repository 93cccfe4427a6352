namespace Orleans.Runtime;

/// <summary>An interface that is added to activations from outside their class.</summary>
public interface IGrainExtension : IAddressable;
