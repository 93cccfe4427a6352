namespace Orleans.Concurrency;

/// <summary>Has no effect: no order is promised between calls that are not awaited, with or without it.</summary>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class UnorderedAttribute : Attribute;
