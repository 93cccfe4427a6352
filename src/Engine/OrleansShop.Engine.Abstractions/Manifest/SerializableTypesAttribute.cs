namespace OrleansShop.Engine.Manifest;

/// <summary>
/// Names types that have a codec although nothing on them says so: those that the engine serializes by itself, and those that
/// a converter of this assembly serves. The generator accepts them as members, arguments and results in every assembly that references this one.
/// </summary>
/// <param name="types">The types; generic ones as open definitions.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class SerializableTypesAttribute(params Type[] types) : Attribute
{
    /// <summary>The types; generic ones as open definitions.</summary>
    public IReadOnlyList<Type> Types { get; } = types;
}
