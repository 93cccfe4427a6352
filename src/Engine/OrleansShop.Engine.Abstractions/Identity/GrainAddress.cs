using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>Where an activation of a grain lives. Immutable.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class GrainAddress : IEquatable<GrainAddress>, ISpanFormattable
{
    /// <summary>The grain.</summary>
    public GrainId GrainId { get; init; }

    /// <summary>Its activation, or default if that is not known.</summary>
    public ActivationId ActivationId { get; init; }

    /// <summary>The silo, or null if that is not known.</summary>
    public SiloAddress? SiloAddress { get; init; }

    /// <summary>The view of the cluster in which the address was found.</summary>
    public MembershipVersion MembershipVersion { get; init; } = MembershipVersion.MinValue;

    /// <summary>Whether grain, activation and silo are all known.</summary>
    [MemberNotNullWhen(true, nameof(SiloAddress))]
    public bool IsComplete => !GrainId.IsDefault && !ActivationId.IsDefault && SiloAddress is not null;

    /// <summary>Whether both are the same activation on the same silo, whatever view they were found in.</summary>
    public bool Matches(GrainAddress? other) =>
        other is not null && GrainId.Equals(other.GrainId) && ActivationId.Equals(other.ActivationId) && Equals(SiloAddress, other.SiloAddress);

    /// <inheritdoc/>
    public bool Equals(GrainAddress? other) => ReferenceEquals(this, other) || (Matches(other) && MembershipVersion == other!.MembershipVersion);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(GrainId, ActivationId, SiloAddress);

    /// <inheritdoc/>
    public override string ToString() => $"[{SiloAddress} {GrainId} {ActivationId}]";

    /// <summary>The address and the view that it was found in.</summary>
    public string ToFullString() => $"[{SiloAddress} {GrainId} {ActivationId} view {MembershipVersion}]";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite($"[{SiloAddress} {GrainId} {ActivationId}]", out charsWritten);
}
