using OrleansShop.Engine.Generator.Text;

namespace OrleansShop.Engine.Generator.Serializers;

/// <summary>Writes the expressions that read and set a member, and the accessors that those need.</summary>
internal static class MemberAccess
{
    /// <param name="model">The type.</param>
    /// <param name="member">The member.</param>
    /// <param name="value">The variable that holds the object.</param>
    /// <param name="isReadOnly">Whether the variable is an <c>in</c> parameter, if it is a struct.</param>
    public static string Read(SerializableTypeModel model, MemberModel member, string value, bool isReadOnly) => member.Reach switch
    {
        Reach.Name => $"{value}.{member.Name}",
        Reach.Field => $"Field{member.FieldId}({Receiver(model, value, isReadOnly)})",
        _ => $"Get{member.FieldId}({Receiver(model, value, isReadOnly)})",
    };

    public static string Set(SerializableTypeModel model, MemberModel member, string value, string newValue) => member.Reach switch
    {
        Reach.Name => $"{value}.{member.Name} = {newValue};",
        Reach.Field => $"Field{member.FieldId}({Receiver(model, value, isReadOnly: false)}) = {newValue};",
        _ => $"Set{member.FieldId}({Receiver(model, value, isReadOnly: false)}, {newValue});",
    };

    public static void WriteAccessors(SourceWriter writer, SerializableTypeModel model, MemberModel member)
    {
        var receiver = model.IsStruct ? $"ref {model.Type} value" : $"{model.Type} value";
        switch (member.Reach)
        {
            case Reach.Field:
                WriteAccessor(writer, "Field", member.Storage, $"ref {member.Value.Type} Field{member.FieldId}({receiver})");
                break;
            case Reach.Accessors:
                WriteAccessor(writer, "Method", "get_" + member.Storage, $"{member.Value.Type} Get{member.FieldId}({receiver})");
                WriteAccessor(writer, "Method", "set_" + member.Storage, $"void Set{member.FieldId}({receiver}, {member.Value.Type} newValue)");
                break;
        }
    }

    private static void WriteAccessor(SourceWriter writer, string kind, string target, string signature)
    {
        writer.Line();
        writer.Line($"[{EngineNames.UnsafeAccessor}({EngineNames.UnsafeAccessorKind}{kind}, Name = \"{target}\")]");
        writer.Line($"private static extern {signature};");
    }

    private static string Receiver(SerializableTypeModel model, string value, bool isReadOnly) =>
        !model.IsStruct ? value
        : isReadOnly ? $"ref global::System.Runtime.CompilerServices.Unsafe.AsRef(in {value})"
        : $"ref {value}";
}
