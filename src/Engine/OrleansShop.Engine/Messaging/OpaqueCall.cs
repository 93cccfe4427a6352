using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Messaging.Frames;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Messaging;

/// <summary>
/// A call of a method that this process does not have: its callers have a later version of the interface. It cannot run here, but it can
/// be sent on to a silo that has the method. Arguments and result stay the bytes that they came as.
/// </summary>
/// <param name="header">What the request's header says.</param>
/// <param name="body">The rest of the request.</param>
internal sealed class OpaqueCall(RequestHeader header, byte[] body) : GrainCall
{
    private static readonly GrainMethod s_method = new(typeof(IAddressable), "a method of a later version", id: 0, GrainMethodTraits.None, responseTimeout: null, parameterTypes: []);

    private byte[] _result = [];

    public override GrainMethod Method => s_method;

    /// <summary>The number of the method.</summary>
    public uint MethodId => header.MethodId;

    /// <summary>What the body has in front of the arguments.</summary>
    public RequestFlags BodyFlags => header.Flags & (RequestFlags.HasTypeArguments | RequestFlags.HasContext | RequestFlags.HasBatchSize);

    /// <summary>What comes after the header: type arguments, request context, batch size, arguments.</summary>
    public ReadOnlySpan<byte> Body => body;

    internal override object? ResultObject
    {
        get => null;
        set { }
    }

    public override void WriteArguments(PayloadWriter writer) => throw new NotSupportedException("The arguments are part of the body.");

    public override void ReadArguments(PayloadReader reader) => throw new NotSupportedException("The arguments are part of the body.");

    public override void CopyArguments(CopyContext context)
    {
    }

    internal override void Run(object target, ICallRunner runner)
    {
        Fail(NotHere());
        runner.Ended(this);
    }

    internal override ValueTask RunFiltered(object target, ICallRunner runner) => throw NotHere();

    internal override void CopyResult()
    {
    }

    // Without the end tag, which whoever writes a response writes itself.
    internal override void WriteResult(PayloadWriter writer) => writer.WriteRaw(_result.AsSpan(0, Math.Max(0, _result.Length - 1)));

    internal override void ReadResult(PayloadReader reader) => _result = reader.ReadRaw((int)reader.Remaining).ToArray();

    internal override void CompletePromise()
    {
    }

    /// <summary>What the caller is told if this silo would have to run it.</summary>
    public OrleansMessageRejectionException NotHere() =>
        new($"{header.Interface} has no method {header.MethodId:X8} in this process, and the caller has version {header.Version} of it.");
}
