using OrleansShop.Engine.Generator.Text;

namespace OrleansShop.Engine.Generator.Serializers;

/// <summary>Writes the codec of one class or struct.</summary>
internal static class CodecEmitter
{
    public static string WriteFile(SerializableTypeModel model)
    {
        var writer = SourceWriter.ForFile();
        using (writer.Open($"namespace {model.Names.Namespace}"))
        {
            writer.Line(EngineNames.GeneratedCode);
            var parent = model.IsStruct ? "ValueCodec" : "ObjectCodec";
            using (writer.Open(
                $"internal sealed class {model.CodecClass}{model.TypeParameters.Arguments} : {EngineNames.Serialization}{parent}<{model.Type}>{model.TypeParameters.Where}"))
            {
                WriteMembers(writer, model);
            }
        }

        return writer.ToString();
    }

    private static void WriteMembers(SourceWriter writer, SerializableTypeModel model)
    {
        var codecs = new MemberCodecs(model);
        codecs.WriteFields(writer);
        if (model.IsImmutable) WriteWithGap(writer, "public override bool IsImmutable => true;");
        if (!model.IsStruct && !model.TracksReferences) WriteWithGap(writer, "protected override bool TracksReferences => false;");
        codecs.WriteResolve(writer);
        if (!model.IsStruct) CreationEmitter.Write(writer, model);
        WriteWriting(writer, model, codecs);
        WriteReading(writer, model, codecs);
        WriteCopying(writer, model, codecs);
        foreach (var member in model.Members) MemberAccess.WriteAccessors(writer, model, member);
    }

    private static void WriteWithGap(SourceWriter writer, string line)
    {
        writer.Line(line);
        writer.Line();
    }

    private static void WriteWriting(SourceWriter writer, SerializableTypeModel model, MemberCodecs codecs)
    {
        var value = model.IsStruct ? $"in {model.Type} value" : $"{model.Type} value";
        using (writer.Open($"public override void WriteFields({EngineNames.Serialization}PayloadWriter writer, {value})"))
        {
            if (model.BaseLevel is not null) writer.Line("_level.WriteLevel(writer, 0, value);");
            uint last = 0;
            foreach (var member in model.Members)
            {
                writer.Line(member.Value.Write(codecs.Of(member), $"{member.FieldId - last}", MemberAccess.Read(model, member, "value", isReadOnly: true)));
                last = member.FieldId;
            }
        }

        writer.Line();
    }

    private static void WriteReading(SourceWriter writer, SerializableTypeModel model, MemberCodecs codecs)
    {
        var value = model.IsStruct ? $"ref {model.Type} value" : $"{model.Type} value";
        using (writer.Open($"public override void ReadFields({EngineNames.Serialization}PayloadReader reader, {value})"))
        {
            var fields = model.Members.Select(m => (m.FieldId, MemberAccess.Set(model, m, "value", m.Value.Read(codecs.Of(m)))));
            if (model.BaseLevel is not null) fields = fields.Prepend((0u, "_level.ReadLevel(reader, tag, value);"));
            FieldLoop.Write(writer, fields);
        }

        writer.Line();
    }

    private static void WriteCopying(SourceWriter writer, SerializableTypeModel model, MemberCodecs codecs)
    {
        var (from, to) = model.IsStruct ? ("value", "value") : ("from", "to");
        var parameters = model.IsStruct ? $"ref {model.Type} value" : $"{model.Type} from, {model.Type} to";
        using (writer.Open($"public override void CopyFields({parameters}, {EngineNames.Serialization}CopyContext context)"))
        {
            if (model.BaseLevel is not null) writer.Line("_level.CopyFields(from, to, context);");
            foreach (var member in model.Members)
            {
                // A struct is copied by its assignment: only what it refers to is left to do.
                if (model.IsStruct && member.Value.IsShared) continue;
                var value = MemberAccess.Read(model, member, from, isReadOnly: false);
                writer.Line(MemberAccess.Set(model, member, to, member.Value.IsShared ? value : $"{codecs.Of(member)}.Copy({value}, context)"));
            }
        }
    }
}
