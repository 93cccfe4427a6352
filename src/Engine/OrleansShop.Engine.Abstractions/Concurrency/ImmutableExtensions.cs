namespace Orleans.Concurrency;

/// <summary>Wraps values that are passed without copying.</summary>
public static class ImmutableExtensions
{
    /// <summary>Wraps <paramref name="value"/>, with the promise that nobody changes it any more.</summary>
    public static Immutable<T> AsImmutable<T>(this T value) => new(value);
}
