namespace Orleans.Concurrency;

/// <summary>Calls of the method have no answer: the caller goes on at once and learns of no failure.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
