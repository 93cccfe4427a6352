namespace Orleans;

/// <summary>The class creates objects of a type for its serializer.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RegisterActivatorAttribute : Attribute;
