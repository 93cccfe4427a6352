using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Diagnostics;
using OrleansShop.Engine.Generator.Text;
using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator.Serializers;

/// <summary>A type that is told when objects are read, written or copied.</summary>
/// <param name="Type">The type as C#.</param>
/// <param name="Methods">Those of its methods that are called, each with how its arguments are passed: <c>""</c>, <c>"ref "</c> or <c>"in "</c>.</param>
internal sealed record CallbackModel(string Type, EquatableList<CallbackMethod> Methods);

/// <summary>A method that is called.</summary>
internal sealed record CallbackMethod(string Name, string Passing);

/// <summary>Reads <c>[SerializationCallbacks]</c>.</summary>
internal static class CallbackReader
{
    private static readonly string[] s_ofOne = ["OnSerializing", "OnSerialized", "OnDeserializing", "OnDeserialized"];
    private static readonly string[] s_ofTwo = ["OnCopying", "OnCopied"];

    public static IEnumerable<CallbackModel> Read(INamedTypeSymbol type, Compilation compilation, TypeText text, List<Finding> findings)
    {
        foreach (var attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass?.Is("Orleans", "SerializationCallbacksAttribute") != true || attribute.FirstArgument() is not INamedTypeSymbol told) continue;
            if (told.IsUnboundGenericType) told = told.OriginalDefinition;
            var methods = Methods(told, type, compilation).ToEquatableList();
            if (methods.Count == 0 || !told.IsNameableInAssembly() || told.IsValueType)
            {
                findings.Add(Finding.Of(Rules.NoCallbacks, Place.Of(type), told.ToDisplayString(), type.ToDisplayString()));
                continue;
            }

            yield return new CallbackModel(text.Of(told), methods);
        }
    }

    private static IEnumerable<CallbackMethod> Methods(INamedTypeSymbol told, INamedTypeSymbol type, Compilation compilation)
    {
        foreach (var (names, count) in new[] { (s_ofOne, 1), (s_ofTwo, 2) })
        {
            foreach (var name in names)
            {
                var method = Inherited(told).SelectMany(t => t.GetMembers(name)).OfType<IMethodSymbol>().FirstOrDefault(m =>
                    !m.IsStatic && m.ReturnsVoid && !m.IsGenericMethod && m.IsAccessibleInAssembly() && m.Parameters.Length == count
                    && m.Parameters.All(p => Takes(p, type, compilation)));
                if (method is not null) yield return new CallbackMethod(name, method.Parameters[0].RefKind == RefKind.Ref ? "ref " : "");
            }
        }
    }

    // A struct can be changed only where it is passed by reference.
    private static bool Takes(IParameterSymbol parameter, INamedTypeSymbol type, Compilation compilation) =>
        SymbolEqualityComparer.Default.Equals(parameter.Type, type)
            ? parameter.RefKind is RefKind.None or RefKind.In || (parameter.RefKind == RefKind.Ref && type.IsValueType)
            : parameter.RefKind == RefKind.None && compilation.ClassifyCommonConversion(type, parameter.Type).IsImplicit;

    private static IEnumerable<INamedTypeSymbol> Inherited(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType) yield return current;
        foreach (var implemented in type.AllInterfaces.Where(_ => type.TypeKind == TypeKind.Interface)) yield return implemented;
    }
}
