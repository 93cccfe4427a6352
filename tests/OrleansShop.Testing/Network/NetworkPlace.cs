namespace OrleansShop.Testing.Network;

/// <summary>A machine of a <see cref="NamespaceNetwork"/>: a network namespace with one address.</summary>
/// <param name="Namespace">The namespace; null for the machine's own.</param>
/// <param name="Device">What it is connected by.</param>
/// <param name="Address">Its IP address.</param>
public sealed record NetworkPlace(string? Namespace, string Device, string Address)
{
    /// <summary>The command that starts a process there and becomes it.</summary>
    public IReadOnlyList<string> Prefix => Namespace is null ? [] : ["ip", "netns", "exec", Namespace];
}
