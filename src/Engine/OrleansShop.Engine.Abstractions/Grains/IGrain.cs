namespace Orleans;

/// <summary>The root of grain interfaces. Applications derive theirs from one of the interfaces that say what the key is.</summary>
public interface IGrain : Runtime.IAddressable;
