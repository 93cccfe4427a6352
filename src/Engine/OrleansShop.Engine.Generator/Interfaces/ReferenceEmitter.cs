using OrleansShop.Engine.Generator.Text;

namespace OrleansShop.Engine.Generator.Interfaces;

/// <summary>Writes the class of references to grains through one interface: each method makes a call object and sends it.</summary>
internal static class ReferenceEmitter
{
    public static void Write(SourceWriter writer, GrainInterfaceModel model)
    {
        var name = model.ReferenceClass;
        writer.Line(EngineNames.GeneratedCode);
        using (writer.Open(
            $"internal sealed class {name}{model.TypeParameters.Arguments} : {EngineNames.Calls}GeneratedReference, {model.Type}{model.TypeParameters.Where}"))
        {
            writer.Line($"public {name}({EngineNames.Calls}ReferenceTarget target, global::Orleans.Runtime.IdSpan key)");
            using (writer.Open("    : base(target, key)"))
            {
            }

            foreach (var method in model.Methods)
            {
                writer.Line();
                WriteMethod(writer, model, method);
            }
        }
    }

    private static void WriteMethod(SourceWriter writer, GrainInterfaceModel model, GrainMethodModel method)
    {
        var parameters = string.Join(", ", method.Parameters.Select(p => $"{p.Value.Type} {p.Name}"));
        using (writer.Open($"{method.ReturnType} {method.DeclaringType}.{method.Name}{method.TypeParameters.Arguments}({parameters})"))
        {
            var arguments = model.TypeParameters.Concat(method.TypeParameters).Arguments;
            var create = model.IsPooled(method) ? $"{model.CallClass(method)}.Take()" : $"new {model.CallClass(method)}{arguments}()";
            var call = "call";
            while (method.Parameters.Any(p => p.Name == call)) call = "_" + call;
            writer.Line($"var {call} = {create};");
            foreach (var parameter in method.Parameters) writer.Line($"{call}.{parameter.Field} = {parameter.Sent};");
            foreach (var line in Send(method, call)) writer.Line(line);
        }
    }

    private static IEnumerable<string> Send(GrainMethodModel method, string call) => method.Shape switch
    {
        ReturnShape.Void => [$"CallOneWay({call});"],
        ReturnShape.Task when method.IsOneWay => [$"CallOneWay({call});", "return global::System.Threading.Tasks.Task.CompletedTask;"],
        ReturnShape.ValueTask when method.IsOneWay => [$"CallOneWay({call});", "return default;"],
        ReturnShape.Task or ReturnShape.TaskOfResult => [$"return Call({call});"],
        ReturnShape.ValueTask or ReturnShape.ValueTaskOfResult => [$"return CallValue({call});"],
        _ => [$"return CallStream({call});"],
    };
}
