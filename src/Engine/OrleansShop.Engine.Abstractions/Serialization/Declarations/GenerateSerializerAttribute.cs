namespace Orleans;

/// <summary>A serializer and copier are generated for the type. Members take part if they have an <see cref="IdAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute
{
    /// <summary>Whether members without an <see cref="IdAttribute"/> get ids by themselves. Default: none do.</summary>
    public GenerateFieldIds GenerateFieldIds { get; init; } = GenerateFieldIds.None;

    /// <summary>Whether parameters of the primary constructor take part with their positions as ids. Default: in records they do.</summary>
    public bool IncludePrimaryConstructorParameters { get; init; }
}
