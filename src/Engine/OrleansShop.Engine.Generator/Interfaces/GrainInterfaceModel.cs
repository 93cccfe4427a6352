using OrleansShop.Engine.Generator.Text;
using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator.Interfaces;

/// <summary>A grain, observer or extension interface.</summary>
/// <param name="Names">Where its generated code lives.</param>
/// <param name="Type">The interface as C#.</param>
/// <param name="TypeOf">The operand of <c>typeof</c>: open if it is generic.</param>
/// <param name="TypeParameters">Its type parameters.</param>
/// <param name="Methods">What can be called through it, inherited methods included, in order of declaration.</param>
internal sealed record GrainInterfaceModel(
    GeneratedNames Names, string Type, string TypeOf, TypeParameterList TypeParameters, EquatableList<GrainMethodModel> Methods)
{
    public string ReferenceClass => Names.Stem + "_Reference";

    public string DescriptionClass => Names.Stem + "_Interface";

    public string CallClass(GrainMethodModel method) => Names.Stem + "_" + method.Key;

    /// <summary>Whether calls of the method come from a pool: those that have one answer and are of one class.</summary>
    public bool IsPooled(GrainMethodModel method) =>
        TypeParameters.IsEmpty && method.TypeParameters.IsEmpty && !method.IsOneWay && method.Shape is not (ReturnShape.Void or ReturnShape.Sequence);
}
