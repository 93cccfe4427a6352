namespace Orleans;

/// <summary>Which members get ids without an <see cref="IdAttribute"/>.</summary>
public enum GenerateFieldIds
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Public properties. Ids follow from names: a renamed property is a new one.</summary>
    PublicProperties = 1,
}
