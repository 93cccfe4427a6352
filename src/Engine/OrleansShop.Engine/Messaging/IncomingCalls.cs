using System.Collections.Concurrent;
using System.Collections.Frozen;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Messaging.Frames;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Messaging;

/// <summary>Makes a call of the right class for a request from the wire.</summary>
internal sealed class IncomingCalls(ReferenceFactory references)
{
    // Names come from the wire: beyond this many pairs nothing is remembered.
    private const int MostRemembered = 10_000;

    private static readonly FrozenDictionary<uint, GrainMethodEntry> SequenceMethods = new[]
    {
        new GrainMethodEntry(ISequenceExtension.Pull, typeof(SequencePull), static () => new SequencePull()),
        new GrainMethodEntry(ISequenceExtension.Close, typeof(SequenceClose), static () => new SequenceClose()),
    }.ToFrozenDictionary(entry => entry.Method.Id);

    private readonly ConcurrentDictionary<(GrainType Type, GrainInterfaceType Face), Destination> _known = new();

    /// <summary>Makes the call and reads its arguments.</summary>
    /// <exception cref="PayloadException">The interface or the method is unknown here, or the arguments cannot be read.</exception>
    public GrainCall Create(in RequestHeader header, PayloadReader reader)
    {
        var destination = Find(header.Type, header.Interface);
        if (!destination.Methods.TryGetValue(header.MethodId, out var method))
            throw new PayloadException($"Interface {header.Interface} has no method {header.MethodId:X8} in this process. Do both ends run the same version of it?");

        var typeArguments = RequestFrame.ReadTypeArguments(reader, header.Flags);
        var call = method.CreateCall is { } create
            ? create()
            : (GrainCall)Activator.CreateInstance(Close(method.CallType, typeArguments))!;
        call.Address(destination.Target, header.Key);
        call.Flags |= header.Traits | CallFlags.Isolated;
        call.Source = header.Source;
        call.ForwardCount = header.Forwarded;
        if ((header.Flags & RequestFlags.Cancellable) != 0)
            call.EnableCancellation();
        RequestFrame.ReadBody(reader, header.Flags, call);
        return call;
    }

    private static Type Close(Type open, Type[] arguments) =>
        open.GetGenericArguments().Length == arguments.Length
            ? open.MakeGenericType(arguments)
            : throw new PayloadException($"{open} takes other type arguments than the {arguments.Length} that came.");

    private Destination Find(GrainType type, GrainInterfaceType face)
    {
        if (_known.TryGetValue((type, face), out var destination))
            return destination;

        destination = Resolve(type, face);
        if (_known.Count < MostRemembered)
            _known.TryAdd((type, face), destination);
        return destination;
    }

    private Destination Resolve(GrainType type, GrainInterfaceType face)
    {
        if (references.TargetOf(type, face) is not { } target)
            throw new PayloadException($"Interface {face} is not known in this process. Reference its assembly, built with the source generator.");
        if (target.InterfaceClrType is not { } interfaceType)
            return new(target, SequenceMethods);

        // An inherited method may be declared twice with one signature; either call does the same.
        return new(target, references.Types.EntryOf(interfaceType).Methods.DistinctBy(entry => entry.Method.Id).ToFrozenDictionary(entry => entry.Method.Id));
    }

    private sealed record Destination(ReferenceTarget Target, FrozenDictionary<uint, GrainMethodEntry> Methods);
}
