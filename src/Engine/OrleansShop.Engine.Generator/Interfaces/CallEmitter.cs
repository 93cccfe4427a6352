using OrleansShop.Engine.Generator.Text;

namespace OrleansShop.Engine.Generator.Interfaces;

/// <summary>Writes the class of calls of one method: its arguments as fields, and how to make the call, send them and copy them.</summary>
internal static class CallEmitter
{
    public static void Write(SourceWriter writer, GrainInterfaceModel model, GrainMethodModel method)
    {
        var typeParameters = model.TypeParameters.Concat(method.TypeParameters);
        var arguments = method.Arguments.ToArray();

        writer.Line($"/// <summary><c>{Xml(method.Signature)}</c></summary>");
        writer.Line(EngineNames.GeneratedCode);
        using (writer.Open($"internal sealed class {model.CallClass(method)}{typeParameters.Arguments} : {EngineNames.Calls}{Parent(method)}{typeParameters.Where}"))
        {
            foreach (var parameter in method.Parameters) writer.Line($"public {parameter.Value.Type} {parameter.Field};");
            if (method.Parameters.Count > 0) writer.Line();
            if (model.IsPooled(method)) WritePool(writer, model, method);

            writer.Line($"public override {EngineNames.Calls}GrainMethod Method => {model.DescriptionClass}.{method.Key};");
            if (method.Parameters.Any(p => p.IsToken)) WriteToken(writer);
            if (arguments.Length > 0) WriteAccess(writer, arguments);
            if (!typeParameters.IsEmpty) WriteReflection(writer, method);

            writer.Line();
            WriteInvoke(writer, method);
            writer.Line();
            WriteWriting(writer, arguments);
            writer.Line();
            WriteReading(writer, arguments);
            writer.Line();
            WriteCopying(writer, arguments);
            if (model.IsPooled(method) && method.Parameters.Count > 0) WriteForgetting(writer, method);
        }
    }

    private static void WritePool(SourceWriter writer, GrainInterfaceModel model, GrainMethodModel method)
    {
        var call = model.CallClass(method);
        writer.Line($"private static readonly {EngineNames.Calls}CallPool s_pool = new();");
        writer.Line();
        writer.Line($"protected override {EngineNames.Calls}CallPool Pool => s_pool;");
        writer.Line();
        writer.Line($"public static {call} Take() => ({call}?)s_pool.TryTake() ?? new {call}();");
        writer.Line();
    }

    private static void WriteForgetting(SourceWriter writer, GrainMethodModel method)
    {
        writer.Line();
        using (writer.Open("protected override void ForgetArguments()"))
        {
            foreach (var parameter in method.Parameters) writer.Line($"{parameter.Field} = default!;");
        }
    }

    private static string Parent(GrainMethodModel method) => method.Shape switch
    {
        ReturnShape.Sequence => $"StreamGrainCall<{method.ResultType}>",
        ReturnShape.TaskOfResult or ReturnShape.ValueTaskOfResult => $"GrainCall<{method.ResultType}>",
        _ => "VoidGrainCall",
    };

    private static void WriteToken(SourceWriter writer)
    {
        writer.Line();
        using (writer.Open("public override global::System.Threading.CancellationToken CancellationToken"))
        {
            writer.Line("get => token;");
            writer.Line("set => token = value;");
        }
    }

    private static void WriteAccess(SourceWriter writer, GrainParameterModel[] arguments)
    {
        writer.Line();
        writer.Line($"public override int GetArgumentCount() => {arguments.Length};");
        writer.Line();
        using (writer.Open("public override object? GetArgument(int index) => index switch"))
        {
            for (var i = 0; i < arguments.Length; i++) writer.Line($"{i} => {arguments[i].Field},");
            writer.Line("_ => base.GetArgument(index),");
        }

        writer.EndStatement();
        writer.Line();
        using (writer.Open("public override void SetArgument(int index, object value)"))
        using (writer.Open("switch (index)"))
        {
            for (var i = 0; i < arguments.Length; i++)
            {
                writer.Line($"case {i}: {arguments[i].Field} = ({arguments[i].Value.Type})value; break;");
            }

            writer.Line("default: base.SetArgument(index, value); break;");
        }
    }

    // The descriptor is that of the open interface and method: only this class knows the type arguments.
    private static void WriteReflection(SourceWriter writer, GrainMethodModel method)
    {
        var closed = $"(global::System.Reflection.MethodInfo)global::System.Reflection.MethodBase.GetMethodFromHandle(Method.Reflected.MethodHandle, typeof({method.DeclaringType}).TypeHandle)!";
        var typeArguments = string.Join(", ", method.TypeParameters.Names.Select(name => $"typeof({name})"));
        writer.Line();
        writer.Line("public override global::System.Reflection.MethodInfo GetMethod() =>");
        writer.Line(typeArguments.Length == 0 ? $"    {closed};" : $"    ({closed}).MakeGenericMethod({typeArguments});");
    }

    private static void WriteInvoke(SourceWriter writer, GrainMethodModel method)
    {
        var call = $"(({method.DeclaringType})target).{method.Name}{method.TypeParameters.Arguments}({string.Join(", ", method.Parameters.Select(p => p.Received))})";
        const string ValueTask = "global::System.Threading.Tasks.ValueTask";
        switch (method.Shape)
        {
            case ReturnShape.Void:
                using (writer.Open($"protected override {ValueTask} Invoke(object target)"))
                {
                    writer.Line($"{call};");
                    writer.Line("return default;");
                }

                break;
            case ReturnShape.Task:
                writer.Line($"protected override {ValueTask} Invoke(object target) => new({call});");
                break;
            case ReturnShape.ValueTask:
                writer.Line($"protected override {ValueTask} Invoke(object target) => {call};");
                break;
            case ReturnShape.TaskOfResult:
                writer.Line($"protected override {ValueTask}<{method.ResultType}> Invoke(object target) => new({call});");
                break;
            default:
                writer.Line($"protected override {method.ReturnType} Invoke(object target) => {call};");
                break;
        }
    }

    private static void WriteWriting(SourceWriter writer, GrainParameterModel[] arguments)
    {
        using (writer.Open($"public override void WriteArguments({EngineNames.Serialization}PayloadWriter writer)"))
        {
            for (var i = 0; i < arguments.Length; i++)
            {
                writer.Line(arguments[i].Value.Write(arguments[i].CodecIn("writer"), i == 0 ? "0" : "1", arguments[i].Field));
            }
        }
    }

    private static void WriteReading(SourceWriter writer, GrainParameterModel[] arguments)
    {
        using (writer.Open($"public override void ReadArguments({EngineNames.Serialization}PayloadReader reader)"))
        {
            FieldLoop.Write(
                writer,
                arguments.Select((a, i) => ((uint)i, $"{a.Field} = {a.Value.Read(a.CodecIn("reader"))};")));
        }
    }

    private static void WriteCopying(SourceWriter writer, GrainParameterModel[] arguments)
    {
        using (writer.Open($"public override void CopyArguments({EngineNames.Serialization}CopyContext context)"))
        {
            foreach (var argument in arguments.Where(a => !a.Value.IsShared))
            {
                writer.Line($"{argument.Field} = {argument.CodecIn("context")}.Copy({argument.Field}, context);");
            }
        }
    }

    private static string Xml(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
