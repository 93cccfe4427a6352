using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Diagnostics;
using OrleansShop.Engine.Generator.Text;
using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator.Serializers;

/// <summary>Reads the types with <c>[GenerateSerializer]</c>.</summary>
internal static class SerializableTypeReader
{
    public static Reading<SerializableTypeModel>? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var findings = new List<Finding>();
        var uses = new List<TypeUse>();

        // The engine writes every enum as its number; the attribute is allowed there and asks for nothing.
        if (type.TypeKind == TypeKind.Enum) return null;
        if (UnfitKind(type) is { } kind) findings.Add(Finding.Of(Rules.NotSerializableKind, Place.Of(type), type.ToDisplayString(), kind));
        else if (!type.IsNameableInAssembly())
        {
            findings.Add(Finding.Of(Rules.NotNameable, Place.Of(type), $"The serializer of '{type.Name}'", type.ToDisplayString()));
        }

        if (findings.Count > 0) return Reading<SerializableTypeModel>.Of(() => null!, findings, uses);

        var names = new Dictionary<ITypeParameterSymbol, string>(SymbolEqualityComparer.Default);
        var typeParameters = TypeParameterList.Read(type.AllTypeParameters(), names);
        var text = new TypeText(names);
        var members = new MemberReader(type, context.Attributes[0], context.SemanticModel, text, findings, uses).Read(cancellation);
        var between = new List<PlainBase>();
        var level = BaseLevel(type, text, between, uses);
        var (creation, services) = CreationOf(type, text, findings);
        var callbacks = CallbackReader.Read(type, context.SemanticModel.Compilation, text, findings).ToEquatableList();

        return Reading<SerializableTypeModel>.Of(
            () => new SerializableTypeModel(
                GeneratedNames.For(type),
                text.Of(type),
                TypeText.Open(type),
                typeParameters,
                type.IsValueType,
                type.IsMarkedImmutable(),
                !type.HasAttribute("Orleans", "SuppressReferenceTrackingAttribute"),
                creation,
                services,
                type.HasAttribute("Orleans", "OmitDefaultMemberValuesAttribute"),
                callbacks,
                level is null ? null : text.Of(level),
                between.ToEquatableList(),
                members.ToEquatableList()),
            findings,
            uses);
    }

    private static string? UnfitKind(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "an interface",
        { TypeKind: TypeKind.Delegate } => "a delegate",
        { IsStatic: true } => "a static class",
        { IsRefLikeType: true } => "a ref struct",
        _ => null,
    };

    private static INamedTypeSymbol? BaseLevel(INamedTypeSymbol type, TypeText text, List<PlainBase> between, List<TypeUse> uses)
    {
        if (type.IsValueType) return null;
        for (var current = type.BaseType; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
        {
            if (current.HasGenerateSerializer() || current.Is("System", "Exception")) return current;
            if (current.DerivesFrom("System", "Exception")) continue;
            var definition = MetadataText.OfDefinition(current);
            between.Add(new PlainBase(text.Of(current), definition));
            if (HoldsSomething(current))
            {
                uses.Add(new TypeUse(
                    TypeUse.PopulatedPrefix + definition,
                    Finding.Of(Rules.BaseNotSerialized, Place.Of(type), type.ToDisplayString(), current.ToDisplayString())));
            }
        }

        return null;
    }

    private static bool HoldsSomething(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Any(field => !field.IsStatic && !field.IsConst && !MemberReader.IsLeftOut(field));

    private static (Creation Creation, EquatableList<string> Services) CreationOf(INamedTypeSymbol type, TypeText text, List<Finding> findings)
    {
        if (type.IsAbstract) return (Creation.Abstract, EquatableList<string>.Empty);
        if (type.HasAttribute("Orleans", "UseActivatorAttribute")) return (Creation.Activator, EquatableList<string>.Empty);
        var marked = type.InstanceConstructors.FirstOrDefault(c =>
            c.HasAttribute("Orleans", "OrleansConstructorAttribute") || c.HasAttribute("Orleans", "GeneratedActivatorConstructorAttribute"));
        foreach (var parameter in marked?.Parameters.Where(p => !CanBeService(p)) ?? [])
        {
            findings.Add(Finding.Of(
                Rules.ConstructorParameters, Place.Of(parameter, type), type.ToDisplayString(), parameter.Name, parameter.Type.ToDisplayString()));
        }

        var constructor = marked ?? type.InstanceConstructors.FirstOrDefault(c => c.Parameters.Length == 0);
        if (constructor is null) return (Creation.Uninitialized, EquatableList<string>.Empty);
        var mustSetRequired = HasRequiredMembers(type)
            && !constructor.HasAttribute("System.Diagnostics.CodeAnalysis", "SetsRequiredMembersAttribute");
        return (
            constructor.IsAccessibleInAssembly() && !mustSetRequired ? Creation.Constructor : Creation.AccessedConstructor,
            constructor.Parameters.Select(p => text.Of(p.Type)).ToEquatableList());
    }

    private static bool CanBeService(IParameterSymbol parameter) =>
        parameter is { RefKind: RefKind.None, Type: INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface, SpecialType: SpecialType.None } type }
        && type.IsNameableInAssembly();

    private static bool HasRequiredMembers(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers().Any(m => m is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })) return true;
        }

        return false;
    }
}
