namespace Orleans;

/// <summary>Serializes a foreign type by way of a struct of one's own.</summary>
/// <typeparam name="TValue">The foreign type.</typeparam>
/// <typeparam name="TSurrogate">A struct with <see cref="GenerateSerializerAttribute"/>.</typeparam>
public interface IConverter<TValue, TSurrogate>
    where TSurrogate : struct
{
    /// <summary>Makes the value from what was read.</summary>
    TValue ConvertFromSurrogate(in TSurrogate surrogate);

    /// <summary>Makes what is written from the value.</summary>
    TSurrogate ConvertToSurrogate(in TValue value);
}
