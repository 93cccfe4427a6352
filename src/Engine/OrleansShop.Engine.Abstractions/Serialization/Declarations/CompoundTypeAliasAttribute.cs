namespace Orleans;

/// <summary>Names a type on the wire by several parts. If there are several, or an <see cref="AliasAttribute"/> too, the alias or the first one counts.</summary>
/// <param name="components">Texts and types.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Method | AttributeTargets.Enum, AllowMultiple = true)]
public sealed class CompoundTypeAliasAttribute(params object[] components) : Attribute
{
    /// <summary>Texts and types.</summary>
    public object[] Components { get; } = components;
}
