namespace Orleans.Concurrency;

/// <summary>Calls of the method run at once, beside whatever the activation is doing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
