namespace Orleans;

/// <summary>Objects of the type, or those in the member or parameter, are shared instead of copied: nobody changes them.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class ImmutableAttribute : Attribute;
