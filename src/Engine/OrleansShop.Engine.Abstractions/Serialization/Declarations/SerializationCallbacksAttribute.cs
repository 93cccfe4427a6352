namespace Orleans;

/// <summary>Objects of another type are told when an object of this type is read, written or copied.</summary>
/// <param name="hookType">The type that is told. It comes from the services.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true)]
public sealed class SerializationCallbacksAttribute(Type hookType) : Attribute
{
    /// <summary>The type that is told.</summary>
    public Type HookType { get; } = hookType;
}
