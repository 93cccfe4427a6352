using System.Globalization;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.EventSourcing;
using Orleans.Runtime;
using Orleans.Serialization;

namespace OrleansShop.Engine.EventSourcing;

/// <summary>What the log view of one activation asks of the engine.</summary>
internal sealed partial class GrainLogServices(IGrainContext context, string clusterId, DeepCopier copier, TimeProvider time, ILogger logger) : LogEngine, ILogConsistencyProtocolServices
{
    private readonly ILogger _logger = logger;

    public override ILogConsistencyProtocolServices Services => this;

    public override TimeProvider Time => time;

    public override string Writer { get; } = context.ActivationId.Key.ToString("N");

    public GrainId GrainId => context.GrainId;

    public string MyClusterId => clusterId;

    public T DeepCopy<T>(T value) => copier.Copy(value);

    public override void Break(Exception fault, int lost)
    {
        LogBroken(fault, GrainId, lost);
        context.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, fault, "It cannot follow its log."), CancellationToken.None);
    }

    public void ProtocolError(string msg, bool throwexception)
    {
        LogProtocolError(GrainId, msg);
        if (throwexception) throw new OrleansException($"The log of {GrainId}: {msg}");
    }

    public void CaughtException(string where, Exception e) => LogStorageFailed(e, GrainId, where);

    public void CaughtUserCodeException(string callback, string where, Exception e) => LogCallbackFailed(e, GrainId, callback, where);

    public void Log(LogLevel level, string format, params object[] args)
    {
        if (_logger.IsEnabled(level)) LogMessage(level, GrainId, args.Length == 0 ? format : string.Format(CultureInfo.InvariantCulture, format, args));
    }
}
