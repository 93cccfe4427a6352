using System.Collections.Concurrent;
using System.Collections.Frozen;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Messaging.Frames;
using OrleansShop.Engine.Serialization;
using OrleansShop.Engine.Versions;

namespace OrleansShop.Engine.Messaging;

/// <summary>Makes a call of the right class for a request from the wire.</summary>
internal sealed class IncomingCalls
{
    // Names come from the wire: beyond this many pairs nothing is remembered.
    private const int MostRemembered = 10_000;

    private static readonly FrozenDictionary<uint, GrainMethodEntry> SequenceMethods = new[]
    {
        new GrainMethodEntry(ISequenceExtension.Pull, typeof(SequencePull), static () => new SequencePull()),
        new GrainMethodEntry(ISequenceExtension.Close, typeof(SequenceClose), static () => new SequenceClose()),
    }.ToFrozenDictionary(entry => entry.Method.Id);

    private readonly ReferenceFactory _references;
    private readonly InterfaceVersions _versions;
    private readonly VersionRules? _rules;

    // Replaced as a whole when the rules about versions change: what is being found by the old ones goes into the old one.
    private volatile ConcurrentDictionary<(GrainType Type, GrainInterfaceType Face, ushort Version), Destination> _known = new();

    public IncomingCalls(ReferenceFactory references, InterfaceVersions versions, VersionRules? rules = null)
    {
        _references = references;
        _versions = versions;
        _rules = rules;
        if (rules is not null)
            rules.Changed += () => _known = new();
    }

    /// <summary>Makes the call and reads its arguments.</summary>
    /// <exception cref="PayloadException">The interface or the method is unknown here, or the arguments cannot be read.</exception>
    public GrainCall Create(in RequestHeader header, PayloadReader reader)
    {
        var destination = Find(header.Type, header.Interface, header.Version);
        if (!destination.Methods.TryGetValue(header.MethodId, out var method))
        {
            if (destination.IsMisfit)
                return CreateOpaque(header, reader, destination.Target);
            throw new PayloadException($"Interface {header.Interface} has no method {header.MethodId:X8} in this process. Do both ends run the same version of it?");
        }

        var typeArguments = RequestFrame.ReadTypeArguments(reader, header.Flags);
        var call = method.CreateCall is { } create
            ? create()
            : (GrainCall)Activator.CreateInstance(Close(method.CallType, typeArguments))!;
        Address(call, header, destination.Target);
        if (destination.IsMisfit)
            call.Flags |= CallFlags.Misfit;
        RequestFrame.ReadBody(reader, header.Flags, call);
        return call;
    }

    // Its silo will not run it, whatever it is; another may.
    private static OpaqueCall CreateOpaque(in RequestHeader header, PayloadReader reader, ReferenceTarget target)
    {
        var call = new OpaqueCall(header, reader.ReadRaw(reader.Remaining).ToArray());
        Address(call, header, target);
        call.Flags |= CallFlags.Misfit;
        return call;
    }

    private static void Address(GrainCall call, in RequestHeader header, ReferenceTarget target)
    {
        call.Address(target, header.Key);
        call.Flags |= header.Traits | CallFlags.Isolated;
        call.Source = header.Source;
        call.ForwardCount = header.Forwarded;
        if ((header.Flags & RequestFlags.Cancellable) != 0)
            call.EnableCancellation();
    }

    private static Type Close(Type open, Type[] arguments) =>
        open.GetGenericArguments().Length == arguments.Length
            ? open.MakeGenericType(arguments)
            : throw new PayloadException($"{open} takes other type arguments than the {arguments.Length} that came.");

    private Destination Find(GrainType type, GrainInterfaceType face, ushort version)
    {
        var known = _known;
        if (known.TryGetValue((type, face, version), out var destination))
            return destination;

        destination = Resolve(type, face, version);
        if (known.Count < MostRemembered)
            known.TryAdd((type, face, version), destination);
        return destination;
    }

    private Destination Resolve(GrainType type, GrainInterfaceType face, ushort version)
    {
        if (_references.TargetOf(type, face) is not { } target)
            throw new PayloadException($"Interface {face} is not known in this process. Reference its assembly, built with the source generator.");
        if (target.InterfaceClrType is not { } interfaceType)
            return new(target, SequenceMethods, IsMisfit: false);

        // An inherited method may be declared twice with one signature; either call does the same.
        var methods = _references.Types.EntryOf(interfaceType).Methods.Where(entry => _versions.Has(interfaceType, entry.Method.Name)).DistinctBy(entry => entry.Method.Id);

        // The call keeps the version that its caller has; what is here is told by the class.
        return new(
            target.InterfaceVersion == version ? target : target with { InterfaceVersion = version },
            methods.ToFrozenDictionary(entry => entry.Method.Id),
            IsMisfit: _rules?.Answers(face, _versions.Of(interfaceType), version) == false);
    }

    private sealed record Destination(ReferenceTarget Target, FrozenDictionary<uint, GrainMethodEntry> Methods, bool IsMisfit);
}
