namespace Orleans;

/// <summary>The class is a hand-written serializer.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RegisterSerializerAttribute : Attribute;
