using Microsoft.Extensions.Logging;
using Orleans.EventSourcing;
using Orleans.Serialization;
using OrleansShop.Engine.EventSourcing;

namespace OrleansShop.Engine.Tests.EventSourcing;

/// <summary>An activation reduced to its log: the grain's side and the engine's side of a log view.</summary>
internal sealed class LogWriter : LogEngine, ILogConsistencyProtocolServices, ILogViewAdaptorHost<EntryList, Entry>
{
    private readonly DeepCopier _copier;
    private readonly TimeProvider _time;

    public LogWriter(string name, DeepCopier copier, TimeProvider time)
    {
        (Writer, _copier, _time) = (name, copier, time);
    }

    public override string Writer { get; }

    public override ILogConsistencyProtocolServices Services => this;

    public override TimeProvider Time => _time;

    public ILogViewAdaptor<EntryList, Entry> View { get; set; } = null!;

    /// <summary>What it was told, in order.</summary>
    public List<string> Told { get; } = [];

    public List<ConnectionIssue> Issues { get; } = [];

    public Exception? Fault { get; private set; }

    /// <summary>The entry that it has no method for.</summary>
    public string? Unknown { get; set; }

    /// <summary>The delay that it wants before the next try.</summary>
    public TimeSpan? DelayToUse { get; set; }

    public GrainId GrainId { get; } = GrainId.Create("log", "1");

    public string MyClusterId => "cluster";

    public T DeepCopy<T>(T value) => _copier.Copy(value);

    public override void Break(Exception fault, int lost) => Fault = fault;

    public void ProtocolError(string msg, bool throwexception) => throw new InvalidOperationException(msg);

    public void CaughtException(string where, Exception e) => Told.Add($"{where}: {e.GetType().Name}");

    public void CaughtUserCodeException(string callback, string where, Exception e) => Told.Add($"{callback} failed");

    public void Log(LogLevel level, string format, params object[] args)
    {
    }

    public void UpdateView(EntryList view, Entry entry)
    {
        if (entry.Name == Unknown) throw new MissingMethodException("No method for it.");
        view.Names.Add(entry.Name);
    }

    public void OnViewChanged(bool tentative, bool confirmed)
    {
        if (tentative) Told.Add($"tentative {string.Join(' ', View.TentativeView.Names)}");
        if (confirmed) Told.Add($"confirmed {string.Join(' ', View.ConfirmedView.Names)}");
    }

    public void OnConnectionIssue(ConnectionIssue connectionIssue)
    {
        Issues.Add(connectionIssue);
        if (DelayToUse is { } delay) connectionIssue.RetryDelay = delay;
        Told.Add($"issue {connectionIssue.NumberOfConsecutiveFailures} {connectionIssue.RetryDelay.TotalMilliseconds}");
    }

    public void OnConnectionIssueResolved(ConnectionIssue connectionIssue) => Told.Add("resolved");
}
