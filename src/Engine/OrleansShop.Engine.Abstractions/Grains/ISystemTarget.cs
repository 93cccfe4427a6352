namespace Orleans;

/// <summary>An addressable part of a silo itself.</summary>
public interface ISystemTarget : Runtime.IAddressable;
