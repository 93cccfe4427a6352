using OrleansShop.Engine.Generator.Text;

namespace OrleansShop.Engine.Generator.Serializers;

/// <summary>The codecs that a codec needs for its members, one field for each type, and what else it fetches once.</summary>
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
        if (HasActivator) writer.Line($"private {EngineNames.Activator}<{_model.Type}> _activator;");
        for (var i = 0; i < _model.Services.Count; i++) writer.Line($"private {_model.Services[i]} _service{i};");
        for (var i = 0; i < _model.Callbacks.Count; i++) writer.Line($"private {_model.Callbacks[i].Type} _callback{i};");
        if (HasAny) writer.Line();
    }

    public void WriteResolve(SourceWriter writer)
    {
        if (!HasAny) return;
        using (writer.Open($"public override void Resolve({EngineNames.Serialization}ICodecProvider codecs)"))
        {
            if (_model.BaseLevel is not null) writer.Line($"_level = codecs.GetLevel<{_model.BaseLevel}>();");
            for (var i = 0; i < _types.Count; i++) writer.Line($"_codec{i} = codecs.Get<{_types[i]}>();");
            if (HasActivator) writer.Line($"_activator = codecs.GetActivator<{_model.Type}>();");
            for (var i = 0; i < _model.Services.Count; i++) writer.Line($"_service{i} = codecs.GetService<{_model.Services[i]}>();");
            for (var i = 0; i < _model.Callbacks.Count; i++) writer.Line($"_callback{i} = codecs.GetService<{_model.Callbacks[i].Type}>();");
        }

        writer.Line();
    }

    private bool HasActivator => !_model.IsStruct && _model.Creation == Creation.Activator;

    private bool HasAny => _model.BaseLevel is not null || _types.Count + _model.Services.Count + _model.Callbacks.Count > 0 || HasActivator;
}
