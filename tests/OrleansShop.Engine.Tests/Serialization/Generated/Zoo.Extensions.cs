using Orleans.Serialization.Activators;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Tests.Serialization.Generated;

[GenerateSerializer, OmitDefaultMemberValues]
internal sealed class Sparse
{
    [Id(0)] public int Number { get; set; } = 7;
    [Id(1)] public string? Text { get; set; }
    [Id(40)] public Guid Id { get; set; }
    [Id(41)] public int? Perhaps { get; set; }
    [Id(42)] public List<int>? List { get; set; } = [1];
}

[GenerateSerializer, OmitDefaultMemberValues]
internal readonly record struct SparseStruct([property: Id(0)] int Number, [property: Id(1)] string? Text);

/// <summary>Writes down what it is told.</summary>
internal sealed class Diary
{
    public List<string> Lines { get; } = [];

    public void OnSerializing(object value) => Lines.Add("serializing");

    public void OnSerialized(Observed value) => Lines.Add("serialized");

    public void OnDeserializing(Observed value) => Lines.Add($"deserializing {value.Number}");

    public void OnDeserialized(Observed value) => Lines.Add($"deserialized {value.Number}");

    public void OnCopying(Observed original, Observed copy) => Lines.Add($"copying {original.Number} {copy.Number}");

    public void OnCopied(Observed original, Observed copy) => Lines.Add($"copied {original.Number} {copy.Number}");
}

[GenerateSerializer, SerializationCallbacks(typeof(Diary))]
internal sealed class Observed
{
    [Id(0)] public int Number { get; set; }
}

internal sealed class Completion
{
    public void OnDeserialized(ref Completed value) => value.Twice = 2 * value.Number;
}

[GenerateSerializer, SerializationCallbacks(typeof(Completion))]
internal struct Completed
{
    [Id(0)] public int Number;
    [NonSerialized] public int Twice;
}

[GenerateSerializer]
[method: GeneratedActivatorConstructor]
internal sealed class WithService(Diary diary)
{
    [NonSerialized] private readonly Diary _diary = diary;

    [Id(0)] public required int Number { get; init; }

    public Diary Diary => _diary;
}

[GenerateSerializer]
internal sealed class WithPrivateConstructor
{
    public WithPrivateConstructor() => Way = "public";

    [OrleansConstructor]
    private WithPrivateConstructor(Diary diary) => Way = "private " + diary.Lines.Count;

    [field: NonSerialized] public string Way { get; }

    [Id(0)] public int Number { get; set; }
}

[GenerateSerializer, UseActivator]
internal sealed class Activated
{
    public Activated(string way) => Way = way;

    [field: NonSerialized] public string Way { get; }

    [Id(0)] public int Number { get; set; }
}

[GenerateSerializer, UseActivator]
internal sealed class ActivatedBox<T>
{
    [field: NonSerialized] public string Way { get; set; } = "constructed";

    [Id(0)] public T? Value { get; set; }
}

[RegisterActivator]
internal sealed class Activators(Diary diary) : IActivator<Activated>
{
    public Activated Create() => new($"activated {diary.Lines.Count}");
}

[RegisterActivator]
internal sealed class BoxActivator<T> : IActivator<ActivatedBox<T>>
{
    public ActivatedBox<T> Create() => new() { Way = "activated" };
}

// A class of a library, whose members a derived class must not lose.
internal abstract class LibraryBase(string name)
{
    public string Name { get; private set; } = name;

    public int[]? Numbers { get; set; }

    public void Rename(string name) => Name = name;
}

internal class LibraryMiddle() : LibraryBase("middle");

[GenerateSerializer]
internal sealed class OwnDerived : LibraryMiddle
{
    [Id(0)] public int Own { get; set; }
}

[GenerateSerializer]
internal struct LibrarySurrogate
{
    [Id(0)] public string Name;
    [Id(1)] public int[]? Numbers;
}

[RegisterConverter]
internal sealed class LibraryConverter : IConverter<LibraryBase, LibrarySurrogate>, IPopulator<LibraryBase, LibrarySurrogate>
{
    public LibraryBase ConvertFromSurrogate(in LibrarySurrogate surrogate) => throw new NotSupportedException();

    public LibrarySurrogate ConvertToSurrogate(in LibraryBase value) => new() { Name = value.Name, Numbers = value.Numbers };

    public void Populate(in LibrarySurrogate surrogate, LibraryBase value)
    {
        value.Rename(surrogate.Name);
        value.Numbers = surrogate.Numbers;
    }
}

internal sealed class HandWritten(int number)
{
    public int Number { get; } = number;
}

[RegisterSerializer]
internal sealed class HandWrittenCodec : Codec<HandWritten?>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, HandWritten? value) => writer.WriteInt32(idDelta, value?.Number ?? 0);

    public override HandWritten? ReadField(PayloadReader reader, FieldTag tag) => reader.ReadInt32(tag) is not 0 and var number ? new HandWritten(number) : null;

    public override HandWritten? Copy(HandWritten? value, CopyContext context) => value;
}

internal sealed class HandWrittenPair<TLeft, TRight>
{
    public TLeft? Left { get; set; }

    public TRight? Right { get; set; }
}

[RegisterSerializer]
internal sealed class HandWrittenPairCodec<TLeft, TRight> : ObjectCodec<HandWrittenPair<TLeft, TRight>>
{
    private Codec<TLeft> _left = null!;
    private Codec<TRight> _right = null!;

    public override void Resolve(ICodecProvider codecs) => (_left, _right) = (codecs.Get<TLeft>(), codecs.Get<TRight>());

    protected override HandWrittenPair<TLeft, TRight> Create() => new();

    public override void WriteFields(PayloadWriter writer, HandWrittenPair<TLeft, TRight> value)
    {
        _left.WriteField(writer, 1, value.Left!);
        _right.WriteField(writer, 1, value.Right!);
    }

    public override void ReadFields(PayloadReader reader, HandWrittenPair<TLeft, TRight> value)
    {
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case 1: value.Left = _left.ReadField(reader, tag); break;
                case 2: value.Right = _right.ReadField(reader, tag); break;
                default: reader.Skip(tag); break;
            }
        }
    }

    public override void CopyFields(HandWrittenPair<TLeft, TRight> from, HandWrittenPair<TLeft, TRight> to, CopyContext context)
    {
        to.Left = _left.Copy(from.Left!, context);
        to.Right = _right.Copy(from.Right!, context);
    }
}

[GenerateSerializer]
internal sealed record UsesHandWritten(HandWritten One, HandWrittenPair<int, string> Two);

[GenerateSerializer, CompoundTypeAlias("zoo", typeof(Aliased), "x")]
internal sealed record CompoundAliased(int Number);

[GenerateSerializer(GenerateFieldIds = GenerateFieldIds.PublicProperties)]
internal sealed class Unnumbered
{
    public int Number { get; set; }

    public string? Text { get; init; }

    public int Computed => Number * 2;
}

[GenerateSerializer(IncludePrimaryConstructorParameters = true)]
internal sealed class Captured(int number, string text)
{
    public string Describe() => $"{number} {text}";
}
