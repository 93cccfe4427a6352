using OrleansShop.Engine.Generator.Text;
using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator.Diagnostics;

/// <summary>What reading one declaration found. The parts go separate ways, so that a moved line changes findings but no generated code.</summary>
/// <typeparam name="T">The model that code is generated from.</typeparam>
/// <param name="Model">The model, or null if what was found prevents generation.</param>
/// <param name="Findings">What is wrong.</param>
/// <param name="Uses">Types that must turn out to have a serializer.</param>
internal sealed record Reading<T>(T? Model, EquatableList<Finding> Findings, EquatableList<TypeUse> Uses)
    where T : class, IEquatable<T>
{
    public static Reading<T> Of(Func<T> model, List<Finding> findings, List<TypeUse> uses) => new(
        findings.Any(f => f.PreventsGeneration) ? null : model(),
        findings.ToEquatableList(),
        uses.ToEquatableList());
}
