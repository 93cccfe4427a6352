using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Diagnostics;
using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator.Manifest;

/// <summary>An activator with <c>[RegisterActivator]</c>.</summary>
/// <param name="TypeOf">The operand of <c>typeof</c>.</param>
internal sealed record ActivatorModel(string TypeOf);

/// <summary>Reads the activators.</summary>
internal static class ActivatorReader
{
    public static Reading<ActivatorModel>? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var findings = new List<Finding>();
        var fault = !type.Implements("Orleans.Serialization.Activators", "IActivator`1") ? "does not implement IActivator<T>"
            : type.IsAbstract ? "is abstract"
            : !type.IsNameableInAssembly() ? "cannot be named by generated code"
            : null;
        if (fault is not null) findings.Add(Finding.Of(Rules.NotAnActivator, Place.Of(type), type.ToDisplayString(), fault));
        return Reading<ActivatorModel>.Of(() => new ActivatorModel(TypeText.Open(type)), findings, []);
    }
}
