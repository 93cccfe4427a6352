using Microsoft.Extensions.DependencyInjection;

namespace Orleans;

/// <summary>Serializers create objects of the type through this constructor. Its parameters are services, fetched once for all objects; members are set after it.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class OrleansConstructorAttribute : ActivatorUtilitiesConstructorAttribute;
