using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using Orleans.Concurrency;
using Orleans.Runtime;
using OrleansShop.Engine.Serialization.Collections;
using OrleansShop.Engine.Serialization.Identities;
using OrleansShop.Engine.Serialization.Objects;
using OrleansShop.Engine.Serialization.Values;

namespace OrleansShop.Engine.Serialization.Naming;

/// <summary>The types that need no attribute, what they are called in payloads, and their codecs.</summary>
/// <remarks>
/// The order is part of the format: a type's number is its place, from 1, and stands for it in payloads without a name. Add at the end.
/// The names are part of the format too, because they are written inside the names of generic types.
/// </remarks>
internal static class BuiltInTypes
{
    private static readonly BuiltInType[] s_all =
    [
        // Codecs that are null come from elsewhere: these types can be named, that is all.
        new(typeof(object), "object", null),
        new(typeof(string), "string", typeof(StringCodec)),
        new(typeof(bool), "bool", typeof(BooleanCodec)),
        new(typeof(byte), "byte", typeof(ByteCodec)),
        new(typeof(sbyte), "sbyte", typeof(SByteCodec)),
        new(typeof(short), "short", typeof(Int16Codec)),
        new(typeof(ushort), "ushort", typeof(UInt16Codec)),
        new(typeof(int), "int", typeof(Int32Codec)),
        new(typeof(uint), "uint", typeof(UInt32Codec)),
        new(typeof(long), "long", typeof(Int64Codec)),
        new(typeof(ulong), "ulong", typeof(UInt64Codec)),
        new(typeof(float), "float", typeof(SingleCodec)),
        new(typeof(double), "double", typeof(DoubleCodec)),
        new(typeof(decimal), "decimal", typeof(DecimalCodec)),
        new(typeof(char), "char", typeof(CharCodec)),
        new(typeof(Guid), "Guid", typeof(GuidCodec)),
        new(typeof(DateTime), "DateTime", typeof(DateTimeCodec)),
        new(typeof(DateTimeOffset), "DateTimeOffset", typeof(DateTimeOffsetCodec)),
        new(typeof(TimeSpan), "TimeSpan", typeof(TimeSpanCodec)),
        new(typeof(DateOnly), "DateOnly", typeof(DateOnlyCodec)),
        new(typeof(TimeOnly), "TimeOnly", typeof(TimeOnlyCodec)),
        new(typeof(Int128), "Int128", typeof(Int128Codec)),
        new(typeof(UInt128), "UInt128", typeof(UInt128Codec)),
        new(typeof(Half), "Half", typeof(HalfCodec)),
        new(typeof(Rune), "Rune", typeof(RuneCodec)),
        new(typeof(BigInteger), "BigInteger", typeof(BigIntegerCodec)),
        new(typeof(Uri), "Uri", typeof(UriCodec)),
        new(typeof(Version), "Version", typeof(VersionCodec)),
        new(typeof(CultureInfo), "CultureInfo", typeof(CultureInfoCodec)),
        new(typeof(IPAddress), "IPAddress", typeof(IPAddressCodec)),
        new(typeof(IPEndPoint), "IPEndPoint", typeof(IPEndPointCodec)),
        new(typeof(Type), "Type", typeof(TypeCodec)),
        new(typeof(Exception), "Exception", null),
        new(typeof(IAddressable), "IAddressable", null),
        new(typeof(GrainReference), "GrainReference", null),
        new(typeof(GrainId), "GrainId", typeof(GrainIdCodec)),
        new(typeof(GrainType), "GrainType", typeof(GrainTypeCodec)),
        new(typeof(GrainInterfaceType), "GrainInterfaceType", typeof(GrainInterfaceTypeCodec)),
        new(typeof(IdSpan), "IdSpan", typeof(IdSpanCodec)),
        new(typeof(SiloAddress), "SiloAddress", typeof(SiloAddressCodec)),
        new(typeof(ActivationId), "ActivationId", typeof(ActivationIdCodec)),
        new(typeof(GrainAddress), "GrainAddress", typeof(GrainAddressCodec)),
        new(typeof(MembershipVersion), "MembershipVersion", typeof(MembershipVersionCodec)),
        new(typeof(Immutable<>), "Immutable", null),
        new(typeof(Nullable<>), "Nullable", typeof(NullableCodec<>)),
        new(typeof(List<>), "List", typeof(ListCodec<>)),
        new(typeof(Dictionary<,>), "Dictionary", typeof(HashDictionaryCodec<,>)),
        new(typeof(HashSet<>), "HashSet", typeof(HashSetCodec<>)),
        new(typeof(SortedDictionary<,>), "SortedDictionary", typeof(SortedDictionaryCodec<,>)),
        new(typeof(SortedList<,>), "SortedList", typeof(SortedListCodec<,>)),
        new(typeof(SortedSet<>), "SortedSet", typeof(SortedSetCodec<>)),
        new(typeof(Queue<>), "Queue", typeof(QueueCodec<>)),
        new(typeof(Stack<>), "Stack", typeof(StackCodec<>)),
        new(typeof(LinkedList<>), "LinkedList", typeof(LinkedListCodec<>)),
        new(typeof(Collection<>), "Collection", typeof(PlainCollectionCodec<>)),
        new(typeof(ObservableCollection<>), "ObservableCollection", typeof(ObservableCollectionCodec<>)),
        new(typeof(ReadOnlyCollection<>), "ReadOnlyCollection", typeof(ReadOnlyCollectionCodec<>)),
        new(typeof(ReadOnlyDictionary<,>), "ReadOnlyDictionary", typeof(ReadOnlyDictionaryCodec<,>)),
        new(typeof(ConcurrentDictionary<,>), "ConcurrentDictionary", typeof(ConcurrentDictionaryCodec<,>)),
        new(typeof(ConcurrentQueue<>), "ConcurrentQueue", typeof(ConcurrentQueueCodec<>)),
        new(typeof(ImmutableArray<>), "ImmutableArray", typeof(ImmutableArrayCodec<>)),
        new(typeof(ImmutableList<>), "ImmutableList", typeof(ImmutableListCodec<>)),
        new(typeof(ImmutableHashSet<>), "ImmutableHashSet", typeof(ImmutableHashSetCodec<>)),
        new(typeof(ImmutableSortedSet<>), "ImmutableSortedSet", typeof(ImmutableSortedSetCodec<>)),
        new(typeof(ImmutableDictionary<,>), "ImmutableDictionary", typeof(ImmutableDictionaryCodec<,>)),
        new(typeof(ImmutableSortedDictionary<,>), "ImmutableSortedDictionary", typeof(ImmutableSortedDictionaryCodec<,>)),
        new(typeof(FrozenSet<>), "FrozenSet", typeof(FrozenSetCodec<>)),
        new(typeof(FrozenDictionary<,>), "FrozenDictionary", typeof(FrozenDictionaryCodec<,>)),
        new(typeof(Memory<>), "Memory", typeof(MemoryCodec<>)),
        new(typeof(ReadOnlyMemory<>), "ReadOnlyMemory", typeof(ReadOnlyMemoryCodec<>)),
        new(typeof(ArraySegment<>), "ArraySegment", typeof(ArraySegmentCodec<>)),
        new(typeof(KeyValuePair<,>), "KeyValuePair", typeof(KeyValuePairCodec<,>)),
        new(typeof(ValueTuple<>), "ValueTuple", typeof(ValueTupleCodec<>)),
        new(typeof(ValueTuple<,>), "ValueTuple", typeof(ValueTupleCodec<,>)),
        new(typeof(ValueTuple<,,>), "ValueTuple", typeof(ValueTupleCodec<,,>)),
        new(typeof(ValueTuple<,,,>), "ValueTuple", typeof(ValueTupleCodec<,,,>)),
        new(typeof(ValueTuple<,,,,>), "ValueTuple", typeof(ValueTupleCodec<,,,,>)),
        new(typeof(ValueTuple<,,,,,>), "ValueTuple", typeof(ValueTupleCodec<,,,,,>)),
        new(typeof(ValueTuple<,,,,,,>), "ValueTuple", typeof(ValueTupleCodec<,,,,,,>)),
        new(typeof(ValueTuple<,,,,,,,>), "ValueTuple", typeof(ValueTupleCodec<,,,,,,,>)),
        new(typeof(Tuple<>), "Tuple", typeof(TupleCodec<>)),
        new(typeof(Tuple<,>), "Tuple", typeof(TupleCodec<,>)),
        new(typeof(Tuple<,,>), "Tuple", typeof(TupleCodec<,,>)),
        new(typeof(Tuple<,,,>), "Tuple", typeof(TupleCodec<,,,>)),
        new(typeof(Tuple<,,,,>), "Tuple", typeof(TupleCodec<,,,,>)),
        new(typeof(Tuple<,,,,,>), "Tuple", typeof(TupleCodec<,,,,,>)),
        new(typeof(Tuple<,,,,,,>), "Tuple", typeof(TupleCodec<,,,,,,>)),
        new(typeof(Tuple<,,,,,,,>), "Tuple", typeof(TupleCodec<,,,,,,,>)),
        new(typeof(IEnumerable<>), "IEnumerable", null),
        new(typeof(byte[]), "byte[]", null),
        new(typeof(int[]), "int[]", null),
        new(typeof(string[]), "string[]", null),
        new(typeof(object[]), "object[]", null),
        new(typeof(List<int>), "List`1[int]", null),
        new(typeof(List<string>), "List`1[string]", null),
        new(typeof(List<object>), "List`1[object]", null),
        new(typeof(Dictionary<string, string>), "Dictionary`2[string,string]", null),
        new(typeof(Dictionary<string, object>), "Dictionary`2[string,object]", null),
        new(typeof(StringComparison), "StringComparison", null),
        new(typeof(DayOfWeek), "DayOfWeek", null),
        new(typeof(DateTimeKind), "DateTimeKind", null),
        new(typeof(ICollection<>), "ICollection", null),
        new(typeof(IList<>), "IList", null),
        new(typeof(ISet<>), "ISet", null),
        new(typeof(IDictionary<,>), "IDictionary", null),
        new(typeof(IReadOnlyCollection<>), "IReadOnlyCollection", null),
        new(typeof(IReadOnlyList<>), "IReadOnlyList", null),
        new(typeof(IReadOnlySet<>), "IReadOnlySet", null),
        new(typeof(IReadOnlyDictionary<,>), "IReadOnlyDictionary", null),
        new(typeof(Complex), "Complex", typeof(ComplexCodec)),
        new(typeof(Index), "Index", typeof(IndexCodec)),
        new(typeof(Range), "Range", typeof(RangeCodec)),
        new(typeof(BitVector32), "BitVector32", typeof(BitVector32Codec)),
        new(typeof(BitArray), "BitArray", typeof(BitArrayCodec)),
        new(typeof(CompareInfo), "CompareInfo", typeof(CompareInfoCodec)),
        new(typeof(IPNetwork), "IPNetwork", typeof(IPNetworkCodec)),
        new(typeof(PriorityQueue<,>), "PriorityQueue", typeof(PriorityQueueCodec<,>)),
        new(typeof(OrderedDictionary<,>), "OrderedDictionary", typeof(OrderedDictionaryCodec<,>)),
        new(typeof(ReadOnlySet<>), "ReadOnlySet", typeof(ReadOnlySetCodec<>)),
        new(typeof(ConcurrentStack<>), "ConcurrentStack", typeof(ConcurrentStackCodec<>)),
        new(typeof(ImmutableQueue<>), "ImmutableQueue", typeof(ImmutableQueueCodec<>)),
        new(typeof(ImmutableStack<>), "ImmutableStack", typeof(ImmutableStackCodec<>)),
        new(typeof(IImmutableList<>), "IImmutableList", null),
        new(typeof(IImmutableSet<>), "IImmutableSet", null),
        new(typeof(IImmutableDictionary<,>), "IImmutableDictionary", null),
        new(typeof(IImmutableQueue<>), "IImmutableQueue", null),
        new(typeof(IImmutableStack<>), "IImmutableStack", null),
    ];

    /// <summary>All types, in the order of their numbers.</summary>
    public static IReadOnlyList<BuiltInType> All => s_all;

    /// <summary>The types by themselves; generic ones by their definition.</summary>
    public static FrozenDictionary<Type, BuiltInType> ByType { get; } = s_all.ToFrozenDictionary(each => each.Type);

    /// <summary>The number of each type.</summary>
    public static IReadOnlyDictionary<Type, uint> Numbers { get; } = NumbersOfAll();

    private static Dictionary<Type, uint> NumbersOfAll()
    {
        var numbers = new Dictionary<Type, uint>();
        foreach (var each in s_all) numbers.Add(each.Type, (uint)numbers.Count + 1);
        return numbers;
    }
}

/// <summary>A type that needs no attribute.</summary>
/// <param name="Type">The type; a generic one as its definition.</param>
/// <param name="Name">What it is called in payloads, without arity and arguments.</param>
/// <param name="Codec">Its codec, open if the type is; null if another source has it.</param>
internal sealed record BuiltInType(Type Type, string Name, Type? Codec);
