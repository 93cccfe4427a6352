namespace Orleans;

/// <summary>
/// An object of another type is told when objects of this type are read, written or copied, by those of its public methods that are named
/// <c>OnSerializing</c>, <c>OnSerialized</c>, <c>OnDeserializing</c> and <c>OnDeserialized</c>, which take the object, and <c>OnCopying</c>
/// and <c>OnCopied</c>, which take the original and the copy.
/// </summary>
/// <param name="hookType">The type that is told. One instance for all objects, from the services, or created with services if it is none.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true)]
public sealed class SerializationCallbacksAttribute(Type hookType) : Attribute
{
    /// <summary>The type that is told.</summary>
    public Type HookType { get; } = hookType;
}
