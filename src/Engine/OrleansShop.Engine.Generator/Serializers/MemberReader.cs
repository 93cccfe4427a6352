using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Diagnostics;
using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator.Serializers;

/// <summary>Finds the members of one type that are written, and under which numbers.</summary>
/// <remarks>In this order: those with an <c>[Id]</c>; parameters of the primary constructor; public properties, if the attribute asks for them.</remarks>
internal sealed class MemberReader(
    INamedTypeSymbol type, AttributeData attribute, SemanticModel semantics, TypeText text, List<Finding> findings, List<TypeUse> uses)
{
    private readonly Dictionary<uint, (MemberModel Model, ISymbol Symbol)> _byField = [];
    private readonly HashSet<ISymbol> _taken = new(SymbolEqualityComparer.Default);
    private readonly bool _hasParameters = Flag(attribute, "IncludePrimaryConstructorParameters") ?? type.IsRecord;

    public IEnumerable<MemberModel> Read(CancellationToken cancellation)
    {
        foreach (var member in type.GetMembers())
        {
            if ((member is IFieldSymbol or IPropertySymbol) && member.Id() is { } id) AddWithId(member, id);
        }

        if (_hasParameters) AddParameters(cancellation);
        if (AsksForPublicProperties()) AddPublicProperties();
        ReportForgotten(cancellation);
        return _byField.Values.Select(m => m.Model).OrderBy(m => m.FieldId);
    }

    /// <summary>Whether a field is deliberately not serialized.</summary>
    public static bool IsLeftOut(IFieldSymbol field) => field.HasAttribute("System", "NonSerializedAttribute");

    private void AddWithId(ISymbol member, uint id)
    {
        if (member.IsStatic) Report(Rules.NoStorage, member, member.ToDisplayString(), "it is static");
        else if (id > FieldIds.Highest) Report(Rules.NoStorage, member, member.ToDisplayString(), $"its id is higher than {FieldIds.Highest}");
        else Add(member, FieldIds.OfId(id, _hasParameters), id);
    }

    private void AddParameters(CancellationToken cancellation)
    {
        if (PrimaryConstructor.Of(type, cancellation) is not { } constructor) return;
        foreach (var parameter in constructor.Symbol.Parameters)
        {
            var fieldId = FieldIds.OfParameter(parameter.Ordinal);
            if (PrimaryConstructor.StorageOf(parameter, type, semantics, cancellation) is { } member)
            {
                if (!_taken.Contains(member)) Add(member, fieldId, (uint)parameter.Ordinal);
            }
            else if (constructor.IsCaptured(parameter, semantics, cancellation))
            {
                // The compiler keeps a parameter that members use in a field of this name.
                AddModel(parameter, parameter.Type, new MemberModel(
                    fieldId, TypeText.Escape(parameter.Name), Reach.Field, $"<{parameter.Name}>P", Value(parameter.Type, parameter)), (uint)parameter.Ordinal);
            }
        }
    }

    private bool AsksForPublicProperties() =>
        attribute.NamedArguments.Any(a => a is { Key: "GenerateFieldIds", Value.Value: 1 });

    private void AddPublicProperties()
    {
        foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
        {
            if (property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, SetMethod: not null, GetMethod: not null }
                && !_taken.Contains(property)
                && !IsLeftOut(property))
            {
                var id = StableHash.Of16(property.Name);
                Add(property, FieldIds.OfId(id, _hasParameters), id);
            }
        }
    }

    private void Add(ISymbol member, uint fieldId, uint id)
    {
        _taken.Add(member);
        var memberType = member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;
        if (MemberReach.Of(member, type) is not var (reach, storage))
        {
            Report(Rules.NoStorage, member, member.ToDisplayString(), "it has no field of its own and cannot be both read and set");
            return;
        }

        AddModel(member, memberType, new MemberModel(fieldId, TypeText.Escape(member.Name), reach, storage, Value(memberType, member)), id);
    }

    private void AddModel(ISymbol symbol, ITypeSymbol memberType, MemberModel model, uint id)
    {
        if (_byField.TryGetValue(model.FieldId, out var other))
        {
            Report(Rules.DuplicateId, symbol, other.Symbol.ToDisplayString(), symbol.ToDisplayString(), id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return;
        }

        var what = $"'{type.Name}.{symbol.Name}'";
        if (!memberType.IsNameableInAssembly()) Report(Rules.NotNameable, symbol, what, memberType.ToDisplayString());
        uses.AddRange(TypeUses.Of(memberType, what, Place.Of(symbol, type)));
        _byField.Add(model.FieldId, (model, symbol));
    }

    private SerializedValue Value(ITypeSymbol memberType, ISymbol member) => SerializedValue.Of(memberType, text, member.IsMarkedImmutable());

    private void ReportForgotten(CancellationToken cancellation)
    {
        if (!_hasParameters && PrimaryConstructor.Of(type, cancellation) is { } constructor)
        {
            foreach (var parameter in constructor.Symbol.Parameters.Where(p => constructor.IsCaptured(p, semantics, cancellation)))
            {
                Report(Rules.MissingId, parameter, $"{type.ToDisplayString()}({parameter.Name})");
            }
        }

        foreach (var field in type.GetMembers().OfType<IFieldSymbol>())
        {
            if (field.IsStatic || field.IsConst || IsLeftOut(field) || field.Type.TypeKind == TypeKind.Delegate) continue;

            // A field without a name of its own belongs to a property, which is named instead; an event's has the event's name.
            ISymbol member = field.AssociatedSymbol ?? field;
            if (field.IsImplicitlyDeclared && member is not IPropertySymbol) continue;
            if (!_taken.Contains(member) && !_taken.Contains(field)) Report(Rules.MissingId, member, member.ToDisplayString());
        }
    }

    private bool IsLeftOut(IPropertySymbol property) =>
        type.GetMembers().OfType<IFieldSymbol>().Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property) && IsLeftOut(f));

    private void Report(DiagnosticDescriptor rule, ISymbol symbol, params string[] arguments) =>
        findings.Add(Finding.Of(rule, Place.Of(symbol, type), arguments));

    private static bool? Flag(AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name) return argument.Value.Value as bool?;
        }

        return null;
    }
}
