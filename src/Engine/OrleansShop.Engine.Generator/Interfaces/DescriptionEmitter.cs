using System.Globalization;
using OrleansShop.Engine.Generator.Text;

namespace OrleansShop.Engine.Generator.Interfaces;

/// <summary>Writes the class that describes an interface to the engine: a descriptor for each method, and the manifest's entry.</summary>
internal static class DescriptionEmitter
{
    public static void Write(SourceWriter writer, GrainInterfaceModel model)
    {
        writer.Line(EngineNames.GeneratedCode);
        using (writer.Open($"internal static class {model.DescriptionClass}"))
        {
            foreach (var method in model.Methods) WriteDescriptor(writer, method);
            if (model.Methods.Count > 0) writer.Line();
            WriteEntry(writer, model);
        }
    }

    private static void WriteDescriptor(SourceWriter writer, GrainMethodModel method)
    {
        var traits = method.Traits.Count == 0 ? "None" : string.Join($" | {EngineNames.Calls}GrainMethodTraits.", method.Traits);
        var timeout = method.ResponseTimeoutTicks is { } ticks
            ? $"global::System.TimeSpan.FromTicks({ticks.ToString(CultureInfo.InvariantCulture)})"
            : "null";
        writer.Line($"public static readonly {EngineNames.Calls}GrainMethod {method.Key} = new(");
        writer.Line($"    typeof({method.DeclaringTypeOf}), \"{method.Name}\", 0x{method.Id:x8}, {EngineNames.Calls}GrainMethodTraits.{traits}, {timeout},");
        writer.Line($"    [{string.Join(", ", method.Parameters.Select(p => p.ReflectedType))}]);");
    }

    private static void WriteEntry(SourceWriter writer, GrainInterfaceModel model)
    {
        var create = model.TypeParameters.IsEmpty ? $"static (target, key) => new {model.ReferenceClass}(target, key)" : "null";
        using (writer.Open($"public static {EngineNames.Manifest}GrainInterfaceEntry Describe()"))
        {
            using (writer.Open($"var methods = new {EngineNames.Manifest}GrainMethodEntry[]"))
            {
                foreach (var method in model.Methods) writer.Line(MethodEntry(model, method) + ",");
            }

            writer.EndStatement();
            writer.Line($"return new(typeof({model.TypeOf}), typeof({model.ReferenceClass}{model.TypeParameters.OpenArguments}), {create}, methods);");
        }
    }

    private static string MethodEntry(GrainInterfaceModel model, GrainMethodModel method)
    {
        var typeParameters = model.TypeParameters.Concat(method.TypeParameters);
        var call = model.CallClass(method);
        var create = model.IsPooled(method) ? $"static () => {call}.Take()" : typeParameters.IsEmpty ? $"static () => new {call}()" : "null";
        return $"new({method.Key}, typeof({call}{typeParameters.OpenArguments}), {create})";
    }
}
