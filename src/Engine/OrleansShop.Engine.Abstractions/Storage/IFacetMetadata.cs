namespace Orleans;

/// <summary>An attribute of a constructor parameter that says what to inject.</summary>
public interface IFacetMetadata;
