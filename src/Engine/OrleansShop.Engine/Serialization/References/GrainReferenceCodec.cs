using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Serialization.Lookup;

namespace OrleansShop.Engine.Serialization.References;

/// <summary>Makes references out of what payloads say, through the grain factory, which is looked up when the first one is read.</summary>
internal sealed class GrainReferences(IServiceProvider services)
{
    private IGrainFactory? _factory;

    private IGrainFactory Factory => _factory ??= services.GetService<IGrainFactory>()
        ?? throw new PayloadException("A grain reference cannot be read here: this process has no IGrainFactory. Register a silo or a client.");

    /// <summary>Returns a reference through the interface that is said or, if that does not fit where it stands, through the one that is declared.</summary>
    public T Create<T>(GrainId grainId, GrainInterfaceType interfaceType)
        where T : class, IAddressable
    {
        try
        {
            var reference = interfaceType.IsDefault ? Factory.GetGrain(grainId) : Factory.GetGrain(grainId, interfaceType);
            return reference as T ?? Factory.GetGrain<T>(grainId);
        }
        catch (ArgumentException fault)
        {
            throw new PayloadException($"A reference to {grainId} through {interfaceType} was read, and it cannot be made here: {fault.Message}", fault);
        }
    }
}

internal interface INeedsGrainReferences
{
    GrainReferences References { set; }
}

/// <summary>
/// References to grains and observers, declared as one of their interfaces, as <see cref="GrainReference"/> or as <see cref="IAddressable"/>.
/// Fields: 1 the grain type, 2 the key, 3 the interface.
/// </summary>
internal sealed class GrainReferenceCodec<T> : Codec<T?>, INeedsGrainReferences, ITakesDerived
    where T : class, IAddressable
{
    private Codec<GrainType> _grainType = null!;
    private Codec<IdSpan> _key = null!;
    private Codec<GrainInterfaceType> _interfaceType = null!;

    public GrainReferences References { get; set; } = null!;

    public bool TakesDerived => true;

    public override void Resolve(ICodecProvider codecs)
    {
        _grainType = codecs.Get<GrainType>();
        _key = codecs.Get<IdSpan>();
        _interfaceType = codecs.Get<GrainInterfaceType>();
    }

    public override void WriteField(PayloadWriter writer, uint idDelta, T? value)
    {
        var reference = ReferenceOf(value);
        if (!writer.BeginUntracked(idDelta, reference)) return;
        _grainType.WriteField(writer, 1, reference!.GrainId.Type);
        _key.WriteField(writer, 1, reference.GrainId.Key);
        _interfaceType.WriteField(writer, 1, reference.InterfaceType);
        writer.WriteEnd();
    }

    public override T? ReadField(PayloadReader reader, FieldTag tag)
    {
        if (reader.TryReadNull(tag) || !reader.TryBeginValue(tag)) return null;
        var grainType = default(GrainType);
        var key = default(IdSpan);
        var interfaceType = default(GrainInterfaceType);
        for (uint id = 0; reader.TryReadField(out var field);)
        {
            switch (id += field.IdDelta)
            {
                case 1: grainType = _grainType.ReadField(reader, field); break;
                case 2: key = _key.ReadField(reader, field); break;
                case 3: interfaceType = _interfaceType.ReadField(reader, field); break;
                default: reader.Skip(field); break;
            }
        }

        if (grainType.IsDefault || key.IsDefault) throw reader.Fault("a grain reference does not say its grain");
        return References.Create<T>(new GrainId(grainType, key), interfaceType);
    }

    // References never change. A grain or an observer that is passed itself is replaced by its reference, in a local call too.
    public override T? Copy(T? value, CopyContext context) => value is null or GrainReference ? value : ReferenceOf(value) as T ?? throw NotAReference(value);

    private static GrainReference? ReferenceOf(T? value) => value switch
    {
        null => null,
        GrainReference reference => reference,
        IGrainBase grain => grain.GrainContext.GrainReference,
        _ => throw NotAReference(value),
    };

    private static PayloadException NotAReference(T value) => new(
        $"A {value.GetType()} is not a reference and cannot leave this process. Pass what IGrainFactory.CreateObjectReference returns " +
        "for an observer, or AsReference for a grain.");
}
