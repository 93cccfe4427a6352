using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Text;

namespace OrleansShop.Engine.Generator.Types;

/// <summary>The type parameters of a generated class or method.</summary>
/// <param name="Names">Their names, unique.</param>
/// <param name="Constraints">The <c>where</c> clauses.</param>
internal sealed record TypeParameterList(EquatableList<string> Names, EquatableList<string> Constraints)
{
    public static TypeParameterList None { get; } = new(EquatableList<string>.Empty, EquatableList<string>.Empty);

    public bool IsEmpty => Names.Count == 0;

    /// <summary><c>&lt;T1, T2&gt;</c>, or nothing.</summary>
    public string Arguments => IsEmpty ? "" : "<" + string.Join(", ", Names) + ">";

    /// <summary><c>&lt;,&gt;</c>, or nothing.</summary>
    public string OpenArguments => IsEmpty ? "" : "<" + new string(',', Names.Count - 1) + ">";

    /// <summary>The <c>where</c> clauses with a space before each, to follow a class's or method's header.</summary>
    public string Where => string.Concat(Constraints.Select(c => " " + c));

    public TypeParameterList Concat(TypeParameterList other) =>
        new(Names.Concat(other.Names).ToEquatableList(), Constraints.Concat(other.Constraints).ToEquatableList());

    /// <summary>Reads parameters; one whose name is taken by a parameter in <paramref name="names"/> gets another name, which is added there.</summary>
    public static TypeParameterList Read(IEnumerable<ITypeParameterSymbol> parameters, Dictionary<ITypeParameterSymbol, string> names)
    {
        var read = parameters.ToArray();
        foreach (var parameter in read)
        {
            var name = TypeText.Escape(parameter.Name);
            for (var suffix = 2; names.ContainsValue(name); suffix++) name = parameter.Name + "_" + suffix;
            names.Add(parameter, name);
        }

        var text = new TypeText(names);
        return new TypeParameterList(
            read.Select(p => names[p]).ToEquatableList(),
            read.Select(p => Constraint(p, text)).Where(c => c.Length > 0).ToEquatableList());
    }

    private static string Constraint(ITypeParameterSymbol parameter, TypeText text)
    {
        var parts = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint) parts.Add("unmanaged");
        else if (parameter.HasValueTypeConstraint) parts.Add("struct");
        else if (parameter.HasReferenceTypeConstraint) parts.Add("class");
        else if (parameter.HasNotNullConstraint) parts.Add("notnull");

        parts.AddRange(parameter.ConstraintTypes.Select(text.Of));
        if (parameter.HasConstructorConstraint) parts.Add("new()");
        if (parameter.AllowsRefLikeType) parts.Add("allows ref struct");
        return parts.Count == 0 ? "" : $"where {text.Of(parameter)} : {string.Join(", ", parts)}";
    }
}
