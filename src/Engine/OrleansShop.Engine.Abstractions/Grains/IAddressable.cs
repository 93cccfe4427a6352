namespace Orleans.Runtime;

/// <summary>Anything that calls can be sent to: a grain, an observer, or a reference to one of them.</summary>
public interface IAddressable;
