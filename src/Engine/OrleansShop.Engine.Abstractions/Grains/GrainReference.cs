using System.Diagnostics.CodeAnalysis;
using OrleansShop.Engine.Calls;

namespace Orleans.Runtime;

/// <summary>A grain's id and the interface to call it through. Costs nothing to hold, can be stored, passed in calls and compared.</summary>
/// <remarks>Two references are equal when they name the same grain, whatever interface they have.</remarks>
public class GrainReference : IAddressable, IEquatable<GrainReference>, ISpanFormattable
{
    internal GrainReference(ReferenceTarget target, IdSpan key)
    {
        Target = target;
        Key = key;
    }

    /// <summary>The grain.</summary>
    public GrainId GrainId => new(Target.GrainType, Key);

    /// <summary>The name of the interface that calls go through.</summary>
    public GrainInterfaceType InterfaceType => Target.Interface;

    /// <summary>The version of the interface that calls go through; 0 if it has none.</summary>
    public ushort InterfaceVersion => Target.InterfaceVersion;

    /// <summary>The name of the interface that calls go through.</summary>
    public virtual string InterfaceName => InterfaceType.ToString();

    internal ReferenceTarget Target { get; }

    internal IdSpan Key { get; }

    /// <summary>Returns a reference to the same grain through another interface. Nothing is asked: a wrong interface shows at the first call.</summary>
    public virtual TGrainInterface Cast<TGrainInterface>()
        where TGrainInterface : IAddressable =>
        this is TGrainInterface same ? same : (TGrainInterface)Target.Sender.Cast(this, typeof(TGrainInterface));

    /// <summary>A hash of the grain's id that is the same in every process.</summary>
    public uint GetUniformHashCode() => GrainId.GetUniformHashCode();

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] GrainReference? other) =>
        ReferenceEquals(this, other) || (other is not null && GrainId.Equals(other.GrainId));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc/>
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <summary>Whether both name the same grain.</summary>
    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) =>
        reference1 is null ? reference2 is null : reference1.Equals(reference2);

    /// <summary>Whether they name different grains.</summary>
    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !(reference1 == reference2);

    /// <inheritdoc/>
    public sealed override string ToString() => $"{this}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite($"GrainReference:{GrainId}:{InterfaceType}", out charsWritten);
}
