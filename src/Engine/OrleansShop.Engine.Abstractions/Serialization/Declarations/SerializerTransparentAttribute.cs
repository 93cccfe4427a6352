namespace Orleans;

/// <summary>The class has no state of its own and leaves no trace on the wire.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SerializerTransparentAttribute : Attribute;
