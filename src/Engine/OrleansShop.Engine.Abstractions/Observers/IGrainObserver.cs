namespace Orleans;

/// <summary>An object outside the grain world, usually in a client, that grains can send calls to.</summary>
public interface IGrainObserver : Runtime.IAddressable;
