namespace OrleansShop.Engine.Abstractions.Tests.Conformity;

/// <summary>Writes types as C# does, without namespaces.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    /// <summary>The type as it stands in a signature.</summary>
    public static string Of(Type type, TypeFlags flags)
    {
        if (type.IsByRef)
            return Of(type.GetElementType()!, flags);
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Of(underlying, flags) + "?";
        var isNullable = false;
        if (!type.IsValueType || type.IsGenericParameter)
            isNullable = flags.TakeIsNullable();
        else if (type.IsGenericType)
            flags.Skip();
        return Name(type, flags) + (isNullable ? "?" : "");
    }

    /// <summary>A type's own name: the simple one with its type parameters.</summary>
    public static string Own(Type type) => type.IsGenericTypeDefinition
        ? $"{Simple(type)}<{string.Join(", ", type.GetGenericArguments().Select(parameter => parameter.Name))}>"
        : Simple(type);

    /// <summary>A type in a list of bases and interfaces, where nullability is left out.</summary>
    public static string Base(Type type) => type.IsGenericType
        ? $"{Simple(type)}<{string.Join(", ", type.GetGenericArguments().Select(Base))}>"
        : Keywords.GetValueOrDefault(type, Simple(type));

    private static string Name(Type type, TypeFlags flags)
    {
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (type.IsArray)
            return $"{Of(type.GetElementType()!, flags)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (!type.IsGenericType)
            return type.Name;
        var arguments = string.Join(", ", type.GetGenericArguments().Select(argument => Of(argument, flags)));
        return type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true ? $"({arguments})" : $"{Simple(type)}<{arguments}>";
    }

    private static string Simple(Type type) => type.Name.Split('`')[0];
}
