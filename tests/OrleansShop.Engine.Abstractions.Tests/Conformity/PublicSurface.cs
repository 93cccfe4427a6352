using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace OrleansShop.Engine.Abstractions.Tests.Conformity;

/// <summary>A type that other assemblies see: what it is, and its members, each as one line of text.</summary>
internal sealed record SurfaceType(string Name, string Kind, string BaseType, ImmutableSortedSet<string> Interfaces, ImmutableSortedSet<string> Members)
{
    /// <summary>Members and interfaces.</summary>
    public ImmutableSortedSet<string> Facts => Members.Union(Interfaces.Select(name => "implements " + name));
}

/// <summary>Reads the types and members of an assembly that code outside it can use, from its metadata alone.</summary>
internal static class PublicSurface
{
    public static IReadOnlyDictionary<string, SurfaceType> Read(string assemblyPath)
    {
        using var file = new PEReader(File.OpenRead(assemblyPath));
        var reader = file.GetMetadataReader();
        return reader.TypeDefinitions
            .Where(handle => IsVisible(reader, reader.GetTypeDefinition(handle)))
            .Select(handle => ReadType(reader, handle))
            .ToDictionary(type => type.Name);
    }

    private static bool IsVisible(MetadataReader reader, TypeDefinition type) =>
        (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
                IsVisible(reader, reader.GetTypeDefinition(type.GetDeclaringType())),
            _ => false,
        };

    private static SurfaceType ReadType(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var names = new GenericNames(TypeParameters(reader, type.GetGenericParameters()), []);
        var baseType = NameOf(reader, type.BaseType, names);
        var members = type.GetMethods().Select(method => DescribeMethod(reader, reader.GetMethodDefinition(method), names))
            .Concat(type.GetFields().Select(field => DescribeField(reader, reader.GetFieldDefinition(field), names)))
            .OfType<string>();
        var interfaces = type.GetInterfaceImplementations()
            .Select(implemented => NameOf(reader, reader.GetInterfaceImplementation(implemented).Interface, names));
        return new SurfaceType(
            SignatureNames.Provider.GetTypeFromDefinition(reader, handle, 0),
            KindOf(type, baseType) + Constraints(reader, type.GetGenericParameters(), names),
            baseType,
            [.. interfaces],
            [.. members]);
    }

    private static string KindOf(TypeDefinition type, string baseType) => baseType switch
    {
        _ when type.Attributes.HasFlag(TypeAttributes.Interface) => "interface",
        "System.Enum" => "enum",
        "System.ValueType" => "struct",
        _ => (type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Sealed)) switch
        {
            TypeAttributes.Abstract | TypeAttributes.Sealed => "static class",
            TypeAttributes.Abstract => "abstract class",
            TypeAttributes.Sealed => "sealed class",
            _ => "class",
        },
    };

    private static string? DescribeMethod(MetadataReader reader, MethodDefinition method, GenericNames typeNames)
    {
        if (Access(method.Attributes & MethodAttributes.MemberAccessMask) is not { } access)
            return null;
        var names = typeNames with { OfMethod = MethodParameters(method.GetGenericParameters()) };
        var signature = method.DecodeSignature(SignatureNames.Provider, names);
        var generic = names.OfMethod.IsEmpty ? "" : "<" + string.Join(", ", names.OfMethod) + ">";
        return $"{access}{Dispatch(method.Attributes)}{signature.ReturnType} {reader.GetString(method.Name)}{generic}({Parameters(reader, method, signature)})"
            + Constraints(reader, method.GetGenericParameters(), names);
    }

    private static string? DescribeField(MetadataReader reader, FieldDefinition field, GenericNames names)
    {
        if (field.Attributes.HasFlag(FieldAttributes.SpecialName) || Access((MethodAttributes)(field.Attributes & FieldAttributes.FieldAccessMask)) is not { } access)
            return null;
        var kind = field.Attributes.HasFlag(FieldAttributes.Literal) ? "const "
            : (field.Attributes.HasFlag(FieldAttributes.Static) ? "static " : "") + (field.Attributes.HasFlag(FieldAttributes.InitOnly) ? "readonly " : "");
        return $"{access}{kind}{field.DecodeSignature(SignatureNames.Provider, names)} {reader.GetString(field.Name)}{Default(reader, field.GetDefaultValue())}";
    }

    private static string? Access(MethodAttributes access) => access switch
    {
        MethodAttributes.Public => "",
        MethodAttributes.Family => "protected ",
        MethodAttributes.FamORAssem => "protected internal ",
        _ => null,
    };

    private static string Dispatch(MethodAttributes attributes)
    {
        if (attributes.HasFlag(MethodAttributes.Static))
            return attributes.HasFlag(MethodAttributes.Abstract) ? "static abstract " : "static ";
        if (!attributes.HasFlag(MethodAttributes.Virtual))
            return "";
        if (attributes.HasFlag(MethodAttributes.Abstract))
            return "abstract ";
        // Final means that it implements an interface without being open to overriding: to callers it is an ordinary method.
        var isFinal = attributes.HasFlag(MethodAttributes.Final);
        return attributes.HasFlag(MethodAttributes.NewSlot) ? (isFinal ? "" : "virtual ") : (isFinal ? "sealed override " : "override ");
    }

    private static string Parameters(MetadataReader reader, MethodDefinition method, MethodSignature<string> signature)
    {
        var declared = method.GetParameters().Select(reader.GetParameter).Where(parameter => parameter.SequenceNumber > 0)
            .ToDictionary(parameter => parameter.SequenceNumber - 1);
        return string.Join(", ", signature.ParameterTypes.Select((type, index) => declared.TryGetValue(index, out var parameter)
            ? $"{(parameter.Attributes.HasFlag(ParameterAttributes.Out) ? "out " : "")}{type} {reader.GetString(parameter.Name)}{Default(reader, parameter.GetDefaultValue())}"
            : type));
    }

    private static string Default(MetadataReader reader, ConstantHandle handle)
    {
        if (handle.IsNil)
            return "";
        var constant = reader.GetConstant(handle);
        return " = " + (reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode) ?? "null");
    }

    private static ImmutableArray<string> TypeParameters(MetadataReader reader, GenericParameterHandleCollection parameters) =>
        [.. parameters.Select(handle => "!" + reader.GetGenericParameter(handle).Index)];

    private static ImmutableArray<string> MethodParameters(GenericParameterHandleCollection parameters) =>
        [.. parameters.Select((_, index) => "!!" + index)];

    private static string Constraints(MetadataReader reader, GenericParameterHandleCollection parameters, GenericNames names)
    {
        var constrained = parameters.Select(reader.GetGenericParameter).Select(parameter => (parameter.Index, Text: string.Join(", ",
            Special(parameter.Attributes).Concat(parameter.GetConstraints().Select(handle => NameOf(reader, reader.GetGenericParameterConstraint(handle).Type, names)).Order()))));
        return string.Concat(constrained.Where(parameter => parameter.Text.Length > 0).Select(parameter => $" where {parameter.Index} : {parameter.Text}"));
    }

    private static IEnumerable<string> Special(GenericParameterAttributes attributes)
    {
        if (attributes.HasFlag(GenericParameterAttributes.Covariant)) yield return "out";
        if (attributes.HasFlag(GenericParameterAttributes.Contravariant)) yield return "in";
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)) yield return "class";
        if (attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint)) yield return "struct";
        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint)) yield return "new()";
    }

    private static string NameOf(MetadataReader reader, EntityHandle handle, GenericNames names) => handle.Kind switch
    {
        _ when handle.IsNil => "",
        HandleKind.TypeDefinition => SignatureNames.Provider.GetTypeFromDefinition(reader, (TypeDefinitionHandle)handle, 0),
        HandleKind.TypeReference => SignatureNames.Provider.GetTypeFromReference(reader, (TypeReferenceHandle)handle, 0),
        _ => SignatureNames.Provider.GetTypeFromSpecification(reader, names, (TypeSpecificationHandle)handle, 0),
    };
}
