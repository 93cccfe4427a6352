using System.Diagnostics.CodeAnalysis;
using OrleansShop.Engine.Serialization;
using OrleansShop.Engine.Serialization.Lookup;

namespace Orleans.Serialization;

/// <summary>
/// Copies values so that the copy shares nothing that can change with the original, and has its shape: what was one object in two
/// places is one object in the copy. Thread-safe.
/// </summary>
public sealed class DeepCopier
{
    internal DeepCopier(CodecRegistry codecs, PayloadLimits limits)
    {
        Codecs = codecs;
        Limits = limits;
    }

    internal CodecRegistry Codecs { get; }

    internal PayloadLimits Limits { get; }

    /// <summary>Returns a copier of one type, which saves looking its codec up each time.</summary>
    public DeepCopier<T> GetCopier<T>() => new(this);

    /// <summary>Returns a copy; the value itself if it never changes.</summary>
    /// <exception cref="PayloadException">The value, or one in it, has no codec, or objects nest too deep.</exception>
    [return: NotNullIfNotNull(nameof(value))]
    public T Copy<T>(T value)
    {
        using var context = CopyContext.Rent(Codecs, Limits);
        return Codecs.Get<T>().Copy(value, context);
    }
}

/// <summary>Copies values of one type. Thread-safe.</summary>
/// <typeparam name="T">The declared type; values may be of derived types.</typeparam>
public sealed class DeepCopier<T>
{
    private readonly DeepCopier _copier;
    private readonly Codec<T> _codec;

    /// <summary>Creates the copier.</summary>
    /// <exception cref="PayloadException">The type has no codec.</exception>
    public DeepCopier(DeepCopier copier)
    {
        _copier = copier;
        _codec = copier.Codecs.Get<T>();
    }

    /// <summary>Returns a copy; the value itself if it never changes.</summary>
    /// <exception cref="PayloadException">A value in it has no codec, or objects nest too deep.</exception>
    [return: NotNullIfNotNull(nameof(value))]
    public T Copy(T value)
    {
        using var context = CopyContext.Rent(_copier.Codecs, _copier.Limits);
        return _codec.Copy(value, context);
    }
}
