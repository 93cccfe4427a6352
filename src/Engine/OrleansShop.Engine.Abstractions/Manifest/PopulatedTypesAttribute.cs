namespace OrleansShop.Engine.Manifest;

/// <summary>
/// Names classes without a serializer whose members a populator of this assembly reads and sets, so that classes with a serializer can
/// derive from them. The generator reads it in every assembly that references this one.
/// </summary>
/// <param name="types">The classes; generic ones as open definitions.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class PopulatedTypesAttribute(params Type[] types) : Attribute
{
    /// <summary>The classes; generic ones as open definitions.</summary>
    public IReadOnlyList<Type> Types { get; } = types;
}
