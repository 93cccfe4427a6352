using Orleans;

namespace OrleansShop.Engine.Serialization.Converters;

/// <summary>The members of a foreign class, in objects of classes derived from it: field 1 is the surrogate, which a populator puts into the object.</summary>
internal sealed class PopulatedLevelCodec<T, TSurrogate>(
    IConverter<T, TSurrogate> converter, IPopulator<T, TSurrogate> populator, Codec<TSurrogate> surrogates) : ObjectCodec<T>
    where T : class
    where TSurrogate : struct
{
    protected override T Create() => throw new InvalidOperationException($"Objects of {typeof(T)} itself come from its converter.");

    public override void WriteFields(PayloadWriter writer, T value) => surrogates.WriteField(writer, 1, converter.ConvertToSurrogate(in value));

    public override void ReadFields(PayloadReader reader, T value)
    {
        var surrogate = default(TSurrogate);
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case 1: surrogate = surrogates.ReadField(reader, tag); break;
                default: reader.Skip(tag); break;
            }
        }

        populator.Populate(in surrogate, value);
    }

    public override void CopyFields(T from, T to, CopyContext context)
    {
        var surrogate = surrogates.Copy(converter.ConvertToSurrogate(in from), context);
        populator.Populate(in surrogate, to);
    }
}
