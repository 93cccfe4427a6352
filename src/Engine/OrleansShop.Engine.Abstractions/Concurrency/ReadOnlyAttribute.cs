namespace Orleans.Concurrency;

/// <summary>Calls of the method change nothing and may run beside other such calls.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
