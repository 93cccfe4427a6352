namespace OrleansShop.Engine.Abstractions.Tests.Conformity;

/// <summary>Operators are methods with reserved names in metadata, and signs in C#.</summary>
internal static class OperatorNames
{
    private static readonly Dictionary<string, string> Signs = new(StringComparer.Ordinal)
    {
        ["op_Equality"] = "==",
        ["op_Inequality"] = "!=",
        ["op_LessThan"] = "<",
        ["op_LessThanOrEqual"] = "<=",
        ["op_GreaterThan"] = ">",
        ["op_GreaterThanOrEqual"] = ">=",
        ["op_Addition"] = "+",
        ["op_Subtraction"] = "-",
    };

    /// <summary>Return type and name, as C# writes them.</summary>
    public static string Signature(string methodName, string returned) => methodName switch
    {
        "op_Implicit" => $"implicit operator {returned}",
        "op_Explicit" => $"explicit operator {returned}",
        _ when Signs.TryGetValue(methodName, out var sign) => $"{returned} operator {sign}",
        _ => $"{returned} {methodName}",
    };
}
