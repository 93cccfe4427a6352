namespace Orleans;

/// <summary>
/// Sets the foreign part of an object whose class derives from a foreign class. Implemented beside <see cref="IConverter{TValue, TSurrogate}"/>
/// with the same surrogate by a class with <see cref="RegisterConverterAttribute"/>.
/// </summary>
/// <typeparam name="TValue">The foreign class.</typeparam>
/// <typeparam name="TSurrogate">A struct with <see cref="GenerateSerializerAttribute"/>.</typeparam>
public interface IPopulator<TValue, TSurrogate>
    where TSurrogate : struct
    where TValue : class
{
    /// <summary>Sets the members of <paramref name="value"/> from what was read.</summary>
    void Populate(in TSurrogate surrogate, TValue value);
}
