namespace Orleans.Runtime;

/// <summary>A silo in a view. Immutable.</summary>
[GenerateSerializer]
[Immutable]
public sealed class ClusterMember : IEquatable<ClusterMember>, ISpanFormattable
{
    /// <summary>Creates a member.</summary>
    public ClusterMember(SiloAddress siloAddress, SiloStatus status, string name)
    {
        ArgumentNullException.ThrowIfNull(siloAddress);
        SiloAddress = siloAddress;
        Status = status;
        Name = name;
    }

    /// <summary>The silo.</summary>
    [Id(0)]
    public SiloAddress SiloAddress { get; }

    /// <summary>Its status.</summary>
    [Id(1)]
    public SiloStatus Status { get; }

    /// <summary>Its name.</summary>
    [Id(2)]
    public string Name { get; }

    /// <inheritdoc/>
    public bool Equals(ClusterMember? other) =>
        other is not null && SiloAddress.Equals(other.SiloAddress) && Status == other.Status && Name == other.Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ClusterMember);

    /// <inheritdoc/>
    public override int GetHashCode() => SiloAddress.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"{this}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite($"{SiloAddress}/{Name}/{Status}", out charsWritten);
}
