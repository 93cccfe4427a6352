namespace Orleans;

/// <summary>The class is a hand-written serializer: it derives from <see cref="OrleansShop.Engine.Serialization.Codec{T}"/> or a class derived from it, and has a constructor without parameters.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RegisterSerializerAttribute : Attribute;
