namespace Orleans;

/// <summary>The class is an <see cref="Serialization.Activators.IActivator{T}"/>: it creates objects of a type marked with <see cref="UseActivatorAttribute"/>. Its constructor may take services.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RegisterActivatorAttribute : Attribute;
