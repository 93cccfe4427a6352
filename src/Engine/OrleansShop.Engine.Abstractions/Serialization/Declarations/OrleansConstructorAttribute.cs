using Microsoft.Extensions.DependencyInjection;

namespace Orleans;

/// <summary>Objects of the type are created through this constructor, whose parameters match the serialized members or are services.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class OrleansConstructorAttribute : ActivatorUtilitiesConstructorAttribute;
