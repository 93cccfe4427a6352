using OrleansShop.Engine.Generator.Text;
using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator.Interfaces;

/// <summary>The shapes of a method's return type.</summary>
internal enum ReturnShape
{
    Void,
    Task,
    ValueTask,
    TaskOfResult,
    ValueTaskOfResult,
    Sequence,
}

/// <summary>A method that can be called through a grain interface: its own or an inherited one.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Signature">The name and parameter types that the id is made of.</param>
/// <param name="Id">The id.</param>
/// <param name="DeclaringType">The interface that declares it, as C#, closed over the called interface's parameters.</param>
/// <param name="DeclaringTypeOf">The same as the operand of <c>typeof</c> outside any generic class: open if it mentions type parameters.</param>
/// <param name="TypeParameters">The method's own type parameters.</param>
/// <param name="Parameters">The parameters, the token included.</param>
/// <param name="Shape">What it returns.</param>
/// <param name="ReturnType">The return type as C#.</param>
/// <param name="ResultType">What the task or sequence yields, or null.</param>
/// <param name="Traits">What its attributes say: names of <c>GrainMethodTraits</c> values.</param>
/// <param name="ResponseTimeoutTicks">What its <c>[ResponseTimeout]</c> says.</param>
internal sealed record GrainMethodModel(
    string Name,
    string Signature,
    uint Id,
    string DeclaringType,
    string DeclaringTypeOf,
    TypeParameterList TypeParameters,
    EquatableList<GrainParameterModel> Parameters,
    ReturnShape Shape,
    string ReturnType,
    string? ResultType,
    EquatableList<string> Traits,
    long? ResponseTimeoutTicks)
{
    public bool IsOneWay => Traits.Contains("OneWay");

    /// <summary>Names the generated members of this method; the id keeps overloads apart.</summary>
    public string Key => $"{Name}_{Id:x8}";

    public IEnumerable<GrainParameterModel> Arguments => Parameters.Where(p => !p.IsToken);
}

/// <summary>A parameter of a grain method.</summary>
/// <param name="Name">Its name as C#.</param>
/// <param name="Field">The field of the call class that holds it.</param>
/// <param name="Value">Its type.</param>
/// <param name="ReflectedType">An expression of its type outside any generic class.</param>
/// <param name="IsToken">Whether it is the cancellation token.</param>
/// <param name="IsGrainToken">Whether it is a grain cancellation token.</param>
internal sealed record GrainParameterModel(string Name, string Field, SerializedValue Value, string ReflectedType, bool IsToken, bool IsGrainToken)
{
    /// <summary>The value that the reference hands to the call.</summary>
    public string Sent => IsGrainToken ? $"Pass({Name})" : Name;

    /// <summary>The value that the call hands to the method.</summary>
    public string Received => IsGrainToken ? $"Receive({Field})" : Field;

    /// <summary>The codec of the argument, where <paramref name="owner"/> knows codecs.</summary>
    public string CodecIn(string owner) => IsGrainToken ? "GrainTokens" : $"{owner}.Codecs.Get<{Value.Type}>()";
}
