namespace Orleans;

/// <summary>Marks a hand-written copier. Not supported: a class with <see cref="RegisterSerializerAttribute"/> copies too. The generator reports it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RegisterCopierAttribute : Attribute;
