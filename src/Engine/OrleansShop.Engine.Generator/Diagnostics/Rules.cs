using Microsoft.CodeAnalysis;

namespace OrleansShop.Engine.Generator.Diagnostics;

/// <summary>The rules. Ids are stable: a rule that goes leaves its number unused. Each has a section in <c>docs/generator-diagnostics.md</c>.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor NoSerializer = Rule(
        "ORSHOP0001",
        "Type without a serializer",
        "{0} needs a serializer for '{1}'{2}, and there is none. Put [GenerateSerializer] on it and [Id] on its members, or write an IConverter with [RegisterConverter].",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor ReturnType = Rule(
        "ORSHOP0002",
        "Grain method with a return type that cannot be sent",
        "'{0}' returns '{1}'. A call crosses processes: return Task, Task<T>, ValueTask, ValueTask<T>, IAsyncEnumerable<T>, or void for a one-way call.",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor VoidIsOneWay = Rule(
        "ORSHOP0003",
        "Grain method that is one-way without saying so",
        "'{0}' returns void, so its caller neither waits for it nor sees it fail. Say so with [OneWay], or return Task.",
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor OneWayWithResult = Rule(
        "ORSHOP0004",
        "One-way method with a result",
        "'{0}' is [OneWay] and returns '{1}', but a one-way call has no answer. Return Task, ValueTask or void, or remove [OneWay].",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor SeveralTokens = Rule(
        "ORSHOP0005",
        "Grain method with several cancellation tokens",
        "'{0}' has {1} {2} parameters. A call is cancelled as a whole: keep one.",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor ByReference = Rule(
        "ORSHOP0006",
        "Parameter passed by reference",
        "Parameter '{0}' of '{1}' is passed by reference. The grain may be in another process: pass it by value and return what changes.",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor NotAMethod = Rule(
        "ORSHOP0007",
        "Grain interface with a member that is not an instance method",
        "'{0}' is a {1}. A grain interface has only methods, because every use of it is a call that is waited for. Make it a method.",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor DuplicateMethodId = Rule(
        "ORSHOP0008",
        "Two grain methods with one id",
        "'{0}' and '{1}' have the same method id {2} in '{3}'. Give one of them an [Id] or an [Alias] of its own.",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor MissingId = Rule(
        "ORSHOP0009",
        "Member that is not serialized",
        "'{0}' has no [Id], so it is not serialized although its type has [GenerateSerializer]. Give it an [Id], or say that it is left out with [NonSerialized] ([field: NonSerialized] on a property). A parameter needs a member that holds it.",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor DuplicateId = Rule(
        "ORSHOP0010",
        "Two members with one id",
        "'{0}' and '{1}' have the same [Id({2})]. Ids are unique among the members that one type declares; never reuse that of a member that was removed.",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor NoStorage = Rule(
        "ORSHOP0011",
        "Member that cannot be serialized",
        "'{0}' cannot be serialized: {1}. Put the [Id] on the field or property that holds the value.",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor NoKey = Rule(
        "ORSHOP0012",
        "Grain class without a key",
        "Grain class '{0}' implements '{1}', but none of its interfaces says what its key is. Derive one from IGrainWithStringKey, IGrainWithGuidKey, IGrainWithIntegerKey, IGrainWithGuidCompoundKey or IGrainWithIntegerCompoundKey.",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor NotNameable = Rule(
        "ORSHOP0013",
        "Type that generated code cannot name",
        "{0} uses '{1}', which is private, protected or local to a file. Generated code stands beside it in the same assembly: make it internal or public.",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor BadTimeout = Rule(
        "ORSHOP0014",
        "Response timeout that is not a time",
        "'{0}' has [ResponseTimeout(\"{1}\")], which is not a positive time. Write hours, minutes and seconds, such as \"00:00:05\".",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor DuplicateAlias = Rule(
        "ORSHOP0015",
        "Two types with one alias",
        "'{0}' and '{1}' have the same [Alias(\"{2}\")]. An alias stands for one type in payloads and in storage: give each its own.",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor BaseNotSerialized = Rule(
        "ORSHOP0016",
        "Base class that is not serialized",
        "'{0}' has [GenerateSerializer], but its base class '{1}' does not: what the base class holds is lost. Put [GenerateSerializer] on '{1}' too.",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor NotSerializableKind = Rule(
        "ORSHOP0017",
        "Type that cannot have a serializer",
        "'{0}' is {1}, which cannot have a serializer. Remove [GenerateSerializer].",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor NotAConverter = Rule(
        "ORSHOP0018",
        "Registered converter that converts nothing",
        "'{0}' has [RegisterConverter] but {1}. Implement IConverter<TValue, TSurrogate>.",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor ConstructorParameters = Rule(
        "ORSHOP0019",
        "Constructor that the serializer cannot call",
        "The constructor that the serializer of '{0}' is to call has parameter '{1}' of type '{2}', which is no service. It gets services only, before members are read: remove the parameter, or mark another constructor.",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor NoCallbacks = Rule(
        "ORSHOP0020",
        "Serialization callbacks that are never called",
        "'{0}' is to be told of the objects of '{1}', but it is no class or interface that generated code can name with a method for them. Give it a public method such as void OnDeserialized({1} value).",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor NotACodec = Rule(
        "ORSHOP0021",
        "Registered serializer that cannot be used",
        "'{0}' has [RegisterSerializer] but {1}. Derive from OrleansShop.Engine.Serialization.Codec<T>, ObjectCodec<T> or ValueCodec<T>.",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor NotAnActivator = Rule(
        "ORSHOP0022",
        "Registered activator that cannot be used",
        "'{0}' has [RegisterActivator] but {1}. Implement Orleans.Serialization.Activators.IActivator<T>.",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor NotSupported = Rule(
        "ORSHOP0023",
        "Attribute that is not supported",
        "'{0}' has [{1}], which this engine does not support. {2}.",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor MisplacedGrainToken = Rule(
        "ORSHOP0024",
        "Grain cancellation token in a place where it is never cancelled",
        "{0} has a GrainCancellationToken that nothing could cancel. Make it a parameter of its own of a method that returns no sequence; for a sequence, take a CancellationToken.",
        DiagnosticSeverity.Error);

    private static readonly Dictionary<string, DiagnosticDescriptor> s_byId = typeof(Rules).GetFields()
        .Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>().ToDictionary(rule => rule.Id);

    public static IEnumerable<DiagnosticDescriptor> All => s_byId.Values;

    public static DiagnosticDescriptor Find(string id) => s_byId[id];

    private static DiagnosticDescriptor Rule(string id, string title, string message, DiagnosticSeverity severity) => new(
        id, title, message, "OrleansShop", severity, isEnabledByDefault: true, helpLinkUri: "docs/generator-diagnostics.md#" + id.ToLowerInvariant());
}
