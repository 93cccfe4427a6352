using System.Globalization;
using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Diagnostics;
using OrleansShop.Engine.Generator.Text;
using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator.Interfaces;

/// <summary>Reads one method of a grain interface.</summary>
/// <param name="called">The interface that it is called through.</param>
/// <param name="method">The method, of that interface or of one that it inherits.</param>
/// <param name="names">The names of the interface's type parameters; the method's are added.</param>
internal sealed class GrainMethodReader(INamedTypeSymbol called, IMethodSymbol method, Dictionary<ITypeParameterSymbol, string> names)
{
    private readonly List<Finding> _findings = [];
    private readonly List<TypeUse> _uses = [];
    private readonly Place _place = Place.Of(method, called);
    private readonly string _name = method.ContainingType.Name + "." + method.Name;

    public (GrainMethodModel? Model, IEnumerable<Finding> Findings, IEnumerable<TypeUse> Uses) Read(uint id)
    {
        var typeParameters = TypeParameterList.Read(method.TypeParameters, names);
        var text = new TypeText(names);
        var shape = ReadShape(out var result);
        var parameters = method.Parameters.Select(p => ReadParameter(p, text)).ToEquatableList();
        var timeout = ReadTimeout();
        var traits = ReadTraits(shape, parameters);

        // A method that several interfaces of this compilation inherit is read, and found wrong, more than once; the report drops what it said before.
        var model = shape is null ? null : new GrainMethodModel(
            method.Name,
            GrainMethodIds.Signature(method, withToken: true),
            id,
            text.Of(method.ContainingType),
            DeclaringTypeOf(),
            typeParameters,
            parameters,
            shape.Value,
            method.ReturnsVoid ? "void" : text.Of(method.ReturnType),
            result is null ? null : text.Of(result),
            traits,
            timeout);

        return (model, _findings, _uses);
    }

    private ReturnShape? ReadShape(out ITypeSymbol? result)
    {
        var type = method.ReturnType;
        result = type is INamedTypeSymbol { Arity: 1 } generic ? generic.TypeArguments[0] : null;
        ReturnShape? shape = method.ReturnsVoid ? ReturnShape.Void
            : method.ReturnsByRef || method.ReturnsByRefReadonly ? null
            : type.Is("System.Threading.Tasks", "Task") ? ReturnShape.Task
            : type.Is("System.Threading.Tasks", "ValueTask") ? ReturnShape.ValueTask
            : type.Is("System.Threading.Tasks", "Task`1") ? ReturnShape.TaskOfResult
            : type.Is("System.Threading.Tasks", "ValueTask`1") ? ReturnShape.ValueTaskOfResult
            : type.Is("System.Collections.Generic", "IAsyncEnumerable`1") ? ReturnShape.Sequence
            : null;

        if (shape is null && type is not IErrorTypeSymbol) Report(Rules.ReturnType, _name, type.ToDisplayString());
        if (HasResult(shape)) RequireSerializable(result!, $"The result of '{_name}'");
        return shape;
    }

    private static bool HasResult(ReturnShape? shape) =>
        shape is ReturnShape.TaskOfResult or ReturnShape.ValueTaskOfResult or ReturnShape.Sequence;

    private GrainParameterModel ReadParameter(IParameterSymbol parameter, TypeText text)
    {
        if (parameter.RefKind != RefKind.None) Report(Rules.ByReference, parameter.Name, _name);
        var isToken = parameter.Type.IsCancellationToken();
        var isGrainToken = parameter.Type.IsGrainToken();
        if (!isToken && !isGrainToken) RequireSerializable(parameter.Type, $"Parameter '{parameter.Name}' of '{_name}'");

        return new GrainParameterModel(
            TypeText.Escape(parameter.Name),
            isToken ? "token" : "arg" + ArgumentIndex(parameter).ToString(CultureInfo.InvariantCulture),
            SerializedValue.Of(parameter.Type, text, parameter.IsMarkedImmutable() && !isGrainToken),
            new ReflectedType(method.ContainingType).Expression(IsOpen ? method.OriginalDefinition.Parameters[parameter.Ordinal].Type : parameter.Type),
            isToken,
            isGrainToken);
    }

    private int ArgumentIndex(IParameterSymbol parameter) =>
        method.Parameters.Take(parameter.Ordinal).Count(p => !p.Type.IsCancellationToken());

    private void RequireSerializable(ITypeSymbol type, string what)
    {
        if (!type.IsNameableInAssembly()) Report(Rules.NotNameable, what, type.ToDisplayString());
        _uses.AddRange(TypeUses.Of(type, what, _place));
    }

    private EquatableList<string> ReadTraits(ReturnShape? shape, EquatableList<GrainParameterModel> parameters)
    {
        var saysOneWay = method.HasAttribute("Orleans.Concurrency", "OneWayAttribute");
        if (shape == ReturnShape.Void && !saysOneWay && !called.Implements("Orleans", "IGrainObserver")) Report(Rules.VoidIsOneWay, _name);
        if (saysOneWay && HasResult(shape))
        {
            Report(Rules.OneWayWithResult, _name, method.ReturnType.ToDisplayString());
        }

        var tokens = parameters.Count(p => p.IsToken);
        var grainTokens = parameters.Count(p => p.IsGrainToken);
        if (tokens > 1) Report(Rules.SeveralTokens, _name, tokens.ToString(CultureInfo.InvariantCulture), "CancellationToken");
        if (grainTokens > 1) Report(Rules.SeveralTokens, _name, grainTokens.ToString(CultureInfo.InvariantCulture), "GrainCancellationToken");
        if (grainTokens > 0 && shape == ReturnShape.Sequence) Report(Rules.MisplacedGrainToken, $"'{_name}', which returns a sequence,");

        var traits = new List<string>();
        if (saysOneWay || shape == ReturnShape.Void) traits.Add("OneWay");
        if (method.HasAttribute("Orleans.Concurrency", "ReadOnlyAttribute")) traits.Add("ReadOnly");
        if (method.HasAttribute("Orleans.Concurrency", "AlwaysInterleaveAttribute")) traits.Add("AlwaysInterleave");
        if (tokens > 0) traits.Add("Cancellable");
        if (parameters.All(p => p.IsToken || p.Value.IsShared)) traits.Add("SharesArguments");
        return traits.ToEquatableList();
    }

    private long? ReadTimeout()
    {
        if (method.FindAttribute("Orleans", "ResponseTimeoutAttribute")?.FirstArgument() is not string text) return null;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var timeout) && timeout > TimeSpan.Zero) return timeout.Ticks;
        Report(Rules.BadTimeout, _name, text);
        return null;
    }

    // A descriptor stands outside generic classes, so it cannot say typeof(IFoo<T>).
    private bool IsOpen => called.AllTypeParameters().Any();

    private string DeclaringTypeOf() => IsOpen ? TypeText.Open(method.ContainingType) : TypeText.Plain.Of(method.ContainingType);

    private void Report(DiagnosticDescriptor rule, params string[] arguments) => _findings.Add(Finding.Of(rule, _place, arguments));
}
