namespace Orleans;

/// <summary>The class is a hand-written copier.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RegisterCopierAttribute : Attribute;
