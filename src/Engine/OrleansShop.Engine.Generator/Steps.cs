using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Diagnostics;
using OrleansShop.Engine.Generator.Text;
using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator;

/// <summary>What one kind of declaration comes to: models one by one, and everything found.</summary>
internal sealed record ReadStep<T>(
    IncrementalValuesProvider<T> Models,
    IncrementalValueProvider<EquatableList<Finding>> Findings,
    IncrementalValueProvider<EquatableList<TypeUse>> Uses);

/// <summary>Splits readings into their parts, each compared for itself.</summary>
internal static class Steps
{
    public static ReadStep<T> Read<T>(IncrementalValuesProvider<Reading<T>?> readings, string name)
        where T : class, IEquatable<T>
    {
        var found = readings.Where(static reading => reading is not null).Select(static (reading, _) => reading!);
        return new ReadStep<T>(
            found.Where(static r => r.Model is not null).Select(static (r, _) => r.Model!).WithTrackingName(name),
            found.Select(static (r, _) => r.Findings).Collect().Select(static (all, _) => all.SelectMany(f => f).ToEquatableList()),
            found.Select(static (r, _) => r.Uses).Collect().Select(static (all, _) => all.SelectMany(u => u).ToEquatableList()));
    }
}
