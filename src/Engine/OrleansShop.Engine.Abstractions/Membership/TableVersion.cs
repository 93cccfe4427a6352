namespace Orleans;

/// <summary>The version row of a membership table. Immutable.</summary>
[GenerateSerializer]
[Immutable]
public sealed class TableVersion : ISpanFormattable, IEquatable<TableVersion>
{
    /// <summary>Creates a version.</summary>
    public TableVersion(int version, string eTag)
    {
        Version = version;
        VersionEtag = eTag;
    }

    /// <summary>The number of the view.</summary>
    [Id(0)]
    public int Version { get; }

    /// <summary>The row's ETag.</summary>
    [Id(1)]
    public string VersionEtag { get; }

    /// <summary>Returns the version after this one, to be written over this ETag.</summary>
    public TableVersion Next() => new(Version + 1, VersionEtag);

    /// <inheritdoc/>
    public bool Equals(TableVersion? other) => other is not null && Version == other.Version && VersionEtag == other.VersionEtag;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TableVersion);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Version, VersionEtag);

    /// <summary>Whether both are the same version.</summary>
    public static bool operator ==(TableVersion? left, TableVersion? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether they are different versions.</summary>
    public static bool operator !=(TableVersion? left, TableVersion? right) => !(left == right);

    /// <inheritdoc/>
    public override string ToString() => $"{this}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite($"<{Version}, {VersionEtag}>", out charsWritten);
}
