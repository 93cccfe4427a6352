using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Text;

namespace OrleansShop.Engine.Generator.Diagnostics;

/// <summary>A diagnostic as a value: it can be compared between two runs and keeps no syntax tree alive.</summary>
/// <param name="RuleId">The rule's id.</param>
/// <param name="Place">Where.</param>
/// <param name="Arguments">What the rule's message names.</param>
internal sealed record Finding(string RuleId, Place Place, EquatableList<string> Arguments)
{
    public static Finding Of(DiagnosticDescriptor rule, Place place, params string[] arguments) =>
        new(rule.Id, place, new EquatableList<string>(arguments));

    public bool PreventsGeneration => Rules.Find(RuleId).DefaultSeverity == DiagnosticSeverity.Error;

    public Diagnostic ToDiagnostic(SyntaxTree? tree) =>
        Diagnostic.Create(Rules.Find(RuleId), Place.ToLocation(tree), Arguments.Cast<object>().ToArray());
}
