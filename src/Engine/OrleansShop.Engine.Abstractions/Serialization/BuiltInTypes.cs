// The types that the engine serializes by itself, as the generator is told of them: one list for both, held together by a test of the engine.
// Primitives, strings, enums, arrays, value tuples, Nullable<T>, interfaces, object, exceptions and grain references need no entry.
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
using OrleansShop.Engine.Manifest;

[assembly: SerializableTypes(
    typeof(Type), typeof(Half), typeof(Int128), typeof(UInt128), typeof(BigInteger), typeof(Rune),
    typeof(Uri), typeof(Type), typeof(Version), typeof(CultureInfo), typeof(IPAddress), typeof(IPEndPoint),
    typeof(IPNetwork), typeof(Complex), typeof(Index), typeof(Range), typeof(BitVector32), typeof(BitArray), typeof(CompareInfo))]

[assembly: SerializableTypes(
    typeof(List<>), typeof(LinkedList<>), typeof(Queue<>), typeof(Stack<>), typeof(HashSet<>), typeof(SortedSet<>),
    typeof(Dictionary<,>), typeof(SortedDictionary<,>), typeof(SortedList<,>), typeof(KeyValuePair<,>),
    typeof(Collection<>), typeof(ObservableCollection<>), typeof(ReadOnlyCollection<>), typeof(ReadOnlyDictionary<,>),
    typeof(ConcurrentDictionary<,>), typeof(ConcurrentQueue<>), typeof(FrozenDictionary<,>), typeof(FrozenSet<>),
    typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableHashSet<>), typeof(ImmutableSortedSet<>),
    typeof(ImmutableDictionary<,>), typeof(ImmutableSortedDictionary<,>),
    typeof(ImmutableQueue<>), typeof(ImmutableStack<>), typeof(ConcurrentStack<>), typeof(PriorityQueue<,>), typeof(OrderedDictionary<,>), typeof(ReadOnlySet<>),
    typeof(ArraySegment<>), typeof(Memory<>), typeof(ReadOnlyMemory<>))]

[assembly: SerializableTypes(
    typeof(Tuple<>), typeof(Tuple<,>), typeof(Tuple<,,>), typeof(Tuple<,,,>), typeof(Tuple<,,,,>), typeof(Tuple<,,,,,>),
    typeof(Tuple<,,,,,,>), typeof(Tuple<,,,,,,,>), typeof(ValueTuple<>))]

[assembly: SerializableTypes(
    typeof(Immutable<>), typeof(GrainId), typeof(GrainType), typeof(GrainInterfaceType), typeof(IdSpan),
    typeof(SiloAddress), typeof(ActivationId), typeof(GrainAddress), typeof(MembershipVersion))]
