namespace Orleans;

/// <summary>Marks interfaces for which references are generated. Grain interfaces need no such mark, and reference classes of an application's own are not supported: the generator reports it.</summary>
/// <param name="proxyBase">The class that references derive from.</param>
/// <param name="isExtension">Whether the interfaces are grain extensions.</param>
[AttributeUsage(AttributeTargets.Interface, AllowMultiple = true)]
public sealed class GenerateMethodSerializersAttribute(Type proxyBase, bool isExtension = false) : Attribute
{
    /// <summary>The class that references derive from.</summary>
    public Type ProxyBase { get; } = proxyBase;

    /// <summary>Whether the interfaces are grain extensions.</summary>
    public bool IsExtension { get; } = isExtension;
}
