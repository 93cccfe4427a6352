using OrleansShop.Engine.Generator.Text;

namespace OrleansShop.Engine.Generator.Serializers;

/// <summary>Writes how a codec makes an object.</summary>
internal static class CreationEmitter
{
    public static void Write(SourceWriter writer, SerializableTypeModel model)
    {
        writer.Line($"protected override {model.Type} Create() => {Expression(model)};");
        writer.Line();
        if (model.Creation != Creation.AccessedConstructor) return;
        writer.Line($"[{EngineNames.UnsafeAccessor}({EngineNames.UnsafeAccessorKind}Constructor)]");
        writer.Line($"private static extern {model.Type} Construct({string.Join(", ", model.Services.Select((service, i) => $"{service} service{i}"))});");
        writer.Line();
    }

    private static string Expression(SerializableTypeModel model) => model.Creation switch
    {
        Creation.Constructor => $"new {model.Type}({Arguments(model)})",
        Creation.AccessedConstructor => $"Construct({Arguments(model)})",
        Creation.Activator => "_activator.Create()",
        Creation.Uninitialized =>
            $"({model.Type})global::System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof({model.Type}))",
        _ => "CannotCreateAbstract()",
    };

    private static string Arguments(SerializableTypeModel model) => string.Join(", ", model.Services.Select((_, i) => $"_service{i}"));
}
