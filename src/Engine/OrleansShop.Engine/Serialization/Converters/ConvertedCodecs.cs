using Orleans;
using OrleansShop.Engine.Serialization.Objects;

namespace OrleansShop.Engine.Serialization.Converters;

internal interface IConvertedCodec
{
    object Converter { set; }
}

/// <summary>Structs that a converter turns into a surrogate: written as the surrogate.</summary>
internal sealed class ConvertedValueCodec<T, TSurrogate> : Codec<T>, IConvertedCodec
    where T : struct
    where TSurrogate : struct
{
    private IConverter<T, TSurrogate> _converter = null!;
    private Codec<TSurrogate> _surrogate = null!;

    public object Converter { set => _converter = (IConverter<T, TSurrogate>)value; }

    public override bool IsImmutable => _surrogate.IsImmutable;

    public override void Resolve(ICodecProvider codecs) => _surrogate = codecs.Get<TSurrogate>();

    public override void WriteField(PayloadWriter writer, uint idDelta, T value) => _surrogate.WriteField(writer, idDelta, _converter.ConvertToSurrogate(in value));

    public override T ReadField(PayloadReader reader, FieldTag tag)
    {
        var surrogate = _surrogate.ReadField(reader, tag);
        return _converter.ConvertFromSurrogate(in surrogate);
    }

    public override T Copy(T value, CopyContext context)
    {
        var copy = _surrogate.Copy(_converter.ConvertToSurrogate(in value), context);
        return _converter.ConvertFromSurrogate(in copy);
    }
}

/// <summary>Objects that a converter turns into a surrogate. Tracked by reference; field 1 is the surrogate.</summary>
internal sealed class ConvertedObjectCodec<T, TSurrogate> : InstanceCodec<T>, IConvertedCodec, IHasLevel<T>
    where T : class
    where TSurrogate : struct
{
    private IConverter<T, TSurrogate> _converter = null!;
    private Codec<TSurrogate> _surrogate = null!;

    public object Converter { set => _converter = (IConverter<T, TSurrogate>)value; }

    public ObjectCodec<T>? Level { get; private set; }

    // A converter for a class that cannot be derived from, or whose derived classes have nothing of their own.
    public override bool TakesDerived => typeof(T).IsAbstract;

    public override void Resolve(ICodecProvider codecs)
    {
        _surrogate = codecs.Get<TSurrogate>();
        if (_converter is IPopulator<T, TSurrogate> populator) Level = new PopulatedLevelCodec<T, TSurrogate>(_converter, populator, _surrogate);
    }

    protected override void WriteBody(PayloadWriter writer, T value) => _surrogate.WriteField(writer, 1, _converter.ConvertToSurrogate(in value));

    protected override T ReadBody(PayloadReader reader, int slot)
    {
        var surrogate = default(TSurrogate);
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case 1: surrogate = _surrogate.ReadField(reader, tag); break;
                default: reader.Skip(tag); break;
            }
        }

        return _converter.ConvertFromSurrogate(in surrogate) ?? throw reader.Fault($"the converter of {typeof(T)} made nothing of what was read");
    }

    protected override T CopyBody(T value, CopyContext context)
    {
        var surrogate = _surrogate.Copy(_converter.ConvertToSurrogate(in value), context);
        var copy = _converter.ConvertFromSurrogate(in surrogate);
        context.Record(value, copy);
        return copy;
    }
}
