namespace Orleans;

/// <summary>The class is an <see cref="IConverter{TValue, TSurrogate}"/> that serializers use.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RegisterConverterAttribute : Attribute;
