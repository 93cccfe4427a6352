namespace Orleans;

/// <summary>Generated code creates objects through this constructor, with services as arguments.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class GeneratedActivatorConstructorAttribute : Attribute;
