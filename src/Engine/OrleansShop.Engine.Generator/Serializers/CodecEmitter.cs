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
            Tell(writer, model, "OnSerializing", "value", isReadOnly: true);
            if (model.BaseLevel is not null) writer.Line("_level.WriteLevel(writer, 0, value);");
            if (model.OmitsDefaults) WriteUnlessDefault(writer, model, codecs);
            else WriteAll(writer, model, codecs);
            Tell(writer, model, "OnSerialized", "value", isReadOnly: true);
        }

        writer.Line();
    }

    private static void WriteAll(SourceWriter writer, SerializableTypeModel model, MemberCodecs codecs)
    {
        uint last = 0;
        foreach (var member in model.Members)
        {
            writer.Line(member.Value.Write(codecs.Of(member), $"{member.FieldId - last}", MemberAccess.Read(model, member, "value", isReadOnly: true)));
            last = member.FieldId;
        }
    }

    private static void WriteUnlessDefault(SourceWriter writer, SerializableTypeModel model, MemberCodecs codecs)
    {
        if (model.Members.Count == 0) return;
        writer.Line("uint last = 0;");
        foreach (var member in model.Members)
        {
            var value = MemberAccess.Read(model, member, "value", isReadOnly: true);
            using (writer.Open($"if (!global::System.Collections.Generic.EqualityComparer<{member.Value.Type}>.Default.Equals({value}, default))"))
            {
                writer.Line(member.Value.Write(codecs.Of(member), $"{member.FieldId} - last", value));
                writer.Line($"last = {member.FieldId};");
            }
        }
    }

    /// <summary>Calls a method of those callbacks that have it.</summary>
    private static void Tell(SourceWriter writer, SerializableTypeModel model, string method, string value, bool isReadOnly = false, string? second = null)
    {
        for (var i = 0; i < model.Callbacks.Count; i++)
        {
            if (model.Callbacks[i].Methods.FirstOrDefault(m => m.Name == method) is not { } told) continue;
            var first = told.Passing.Length == 0 ? value
                : isReadOnly ? $"ref global::System.Runtime.CompilerServices.Unsafe.AsRef(in {value})"
                : told.Passing + value;
            writer.Line($"_callback{i}.{method}({first}{(second is null ? "" : $", {told.Passing}{second}")});");
        }
    }

    private static void WriteReading(SourceWriter writer, SerializableTypeModel model, MemberCodecs codecs)
    {
        var value = model.IsStruct ? $"ref {model.Type} value" : $"{model.Type} value";
        using (writer.Open($"public override void ReadFields({EngineNames.Serialization}PayloadReader reader, {value})"))
        {
            Tell(writer, model, "OnDeserializing", "value");
            if (model.OmitsDefaults)
            {
                foreach (var member in model.Members) writer.Line(MemberAccess.Set(model, member, "value", $"default({member.Value.Type})"));
            }

            var fields = model.Members.Select(m => (m.FieldId, MemberAccess.Set(model, m, "value", m.Value.Read(codecs.Of(m)))));
            if (model.BaseLevel is not null) fields = fields.Prepend((0u, "_level.ReadLevel(reader, tag, value);"));
            var isTold = model.Callbacks.Any(callback => callback.Methods.Any(m => m.Name == "OnDeserialized"));
            FieldLoop.Write(writer, fields, isTold ? () => Tell(writer, model, "OnDeserialized", "value") : null, mayLack: model.OmitsDefaults);
        }

        writer.Line();
    }

    private static void WriteCopying(SourceWriter writer, SerializableTypeModel model, MemberCodecs codecs)
    {
        var (from, to) = model.IsStruct ? ("value", "value") : ("from", "to");
        var parameters = model.IsStruct ? $"ref {model.Type} value" : $"{model.Type} from, {model.Type} to";
        using (writer.Open($"public override void CopyFields({parameters}, {EngineNames.Serialization}CopyContext context)"))
        {
            if (model.IsStruct && model.Callbacks.Count > 0) writer.Line("var original = value;");
            var source = model.IsStruct ? "original" : from;
            Tell(writer, model, "OnCopying", source, second: to);
            if (model.BaseLevel is not null) writer.Line("_level.CopyFields(from, to, context);");
            foreach (var member in model.Members)
            {
                // A struct is copied by its assignment: only what it refers to is left to do.
                if (model.IsStruct && member.Value.IsShared) continue;
                var value = MemberAccess.Read(model, member, from, isReadOnly: false);
                writer.Line(MemberAccess.Set(model, member, to, member.Value.IsShared ? value : $"{codecs.Of(member)}.Copy({value}, context)"));
            }

            Tell(writer, model, "OnCopied", source, second: to);
        }
    }
}
