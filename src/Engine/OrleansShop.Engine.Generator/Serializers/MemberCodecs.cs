using OrleansShop.Engine.Generator.Text;

namespace OrleansShop.Engine.Generator.Serializers;

/// <summary>The codecs that a codec needs for its members, one field for each type.</summary>
internal sealed class MemberCodecs
{
    private readonly SerializableTypeModel _model;
    private readonly List<string> _types;

    public MemberCodecs(SerializableTypeModel model)
    {
        _model = model;
        _types = model.Members.Where(m => m.Value.Inline is null).Select(m => m.Value.Type).Distinct().ToList();
    }

    /// <summary>The field that holds the codec of a member that has one.</summary>
    public string Of(MemberModel member) => $"_codec{_types.IndexOf(member.Value.Type)}";

    public void WriteFields(SourceWriter writer)
    {
        if (_model.BaseLevel is not null) writer.Line($"private {EngineNames.Serialization}ObjectCodec<{_model.BaseLevel}> _level;");
        for (var i = 0; i < _types.Count; i++) writer.Line($"private {EngineNames.Serialization}Codec<{_types[i]}> _codec{i};");
        if (HasAny) writer.Line();
    }

    public void WriteResolve(SourceWriter writer)
    {
        if (!HasAny) return;
        using (writer.Open($"public override void Resolve({EngineNames.Serialization}ICodecProvider codecs)"))
        {
            if (_model.BaseLevel is not null) writer.Line($"_level = codecs.GetLevel<{_model.BaseLevel}>();");
            for (var i = 0; i < _types.Count; i++) writer.Line($"_codec{i} = codecs.Get<{_types[i]}>();");
        }

        writer.Line();
    }

    private bool HasAny => _model.BaseLevel is not null || _types.Count > 0;
}
