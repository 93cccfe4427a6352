using System.Collections.Concurrent;
using Orleans.EventSourcing;
using Orleans.EventSourcing.CustomStorage;
using Orleans.Providers;

namespace OrleansShop.Engine.Tests.EventSourcing;

[GenerateSerializer]
public abstract record LedgerEvent;

[GenerateSerializer]
public sealed record Deposited([property: Id(0)] int Amount) : LedgerEvent;

[GenerateSerializer]
public sealed record Withdrawn([property: Id(0)] int Amount) : LedgerEvent;

/// <summary>An event that the state has no method for.</summary>
[GenerateSerializer]
public sealed record Audited : LedgerEvent;

/// <summary>An event whose method on the state throws.</summary>
[GenerateSerializer]
public sealed record Rejected : LedgerEvent;

[GenerateSerializer]
public sealed class LedgerState
{
    [Id(0)]
    public int Balance { get; set; }

    [Id(1)]
    public int Events { get; set; }

    public void Apply(Deposited @event)
    {
        Balance += @event.Amount;
        Events++;
    }

    public void Apply(Withdrawn @event)
    {
        Balance -= @event.Amount;
        Events++;
    }

#pragma warning disable CA1822 // Called on the state.
    public void Apply(Rejected @event) => throw new InvalidOperationException($"{@event} is rejected.");
#pragma warning restore CA1822
}

public interface ILedgerGrain : IGrainWithIntegerKey
{
    Task Deposit(int amount);

    Task DepositUnconfirmed(int amount);

    Task<bool> Withdraw(int amount);

    Task<string> Describe();

    Task<string> Refresh();

    Task<IReadOnlyList<LedgerEvent>> Events();

    Task<string> RaiseUnknown();

    Task RaiseRejected();

    Task Clear();

    Task Leave();

    Task<List<string>> Told();
}

/// <summary>An account, on any provider.</summary>
public abstract class LedgerGrain : JournaledGrain<LedgerState, LedgerEvent>, ILedgerGrain
{
    private readonly List<string> _told = [];

    public Task Deposit(int amount)
    {
        RaiseEvent(new Deposited(amount));
        return ConfirmEvents();
    }

    public Task DepositUnconfirmed(int amount)
    {
        RaiseEvent(new Deposited(amount));
        return Task.CompletedTask;
    }

    public Task<bool> Withdraw(int amount) => amount > State.Balance ? Task.FromResult(false) : RaiseConditionalEvent(new Withdrawn(amount));

    public Task<string> Describe() => Task.FromResult($"{State.Balance} after {Version}; {TentativeState.Balance} with {UnconfirmedEvents.Count()} more");

    public async Task<string> Refresh()
    {
        await RefreshNow();
        return await Describe();
    }

    public Task<IReadOnlyList<LedgerEvent>> Events() => RetrieveConfirmedEvents(0, Version);

    public Task<string> RaiseUnknown()
    {
        try
        {
            RaiseEvent(new Audited());
            return Task.FromResult("raised");
        }
        catch (MissingMethodException e)
        {
            return Task.FromResult(e.Message);
        }
    }

    public Task RaiseRejected()
    {
        RaiseEvent(new Rejected());
        return ConfirmEvents();
    }

    public Task Clear() => ClearLogAsync();

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<List<string>> Told() => Task.FromResult(_told);

    protected override void OnStateChanged() => _told.Add($"state {State.Balance}");

    protected override void OnTentativeStateChanged() => _told.Add($"tentative {TentativeState.Balance}");

    protected override void OnConnectionIssue(ConnectionIssue issue) => _told.Add($"issue {issue.NumberOfConsecutiveFailures}");

    protected override void OnConnectionIssueResolved(ConnectionIssue issue) => _told.Add("resolved");
}

[LogConsistencyProvider(ProviderName = "LogStorage")]
[StorageProvider(ProviderName = "ledgers")]
[GrainType("ledger-of-events")]
internal sealed class LogLedgerGrain : LedgerGrain;

[LogConsistencyProvider(ProviderName = "StateStorage")]
[StorageProvider(ProviderName = "ledgers")]
[GrainType("ledger-of-state")]
internal sealed class StateLedgerGrain : LedgerGrain;

[GrainType("ledger-of-nothing")]
internal sealed class PlainLedgerGrain : LedgerGrain;

/// <summary>Where <see cref="OwnLedgerGrain"/> stores its events.</summary>
internal sealed class OwnLedgers
{
    public ConcurrentDictionary<GrainId, List<LedgerEvent>> Logs { get; } = new();
}

[LogConsistencyProvider(ProviderName = "Custom")]
[GrainType("ledger-of-its-own")]
internal sealed class OwnLedgerGrain(OwnLedgers ledgers) : LedgerGrain, ICustomStorageInterface<LedgerState, LedgerEvent>
{
    private List<LedgerEvent> Stored => ledgers.Logs.GetOrAdd(this.GetGrainId(), static _ => []);

    public Task<KeyValuePair<int, LedgerState>> ReadStateFromStorage()
    {
        var state = new LedgerState();
        foreach (var each in Stored) TransitionState(state, each);
        return Task.FromResult(KeyValuePair.Create(Stored.Count, state));
    }

    public Task<bool> ApplyUpdatesToStorage(IReadOnlyList<LedgerEvent> updates, int expectedVersion)
    {
        if (expectedVersion != Stored.Count) return Task.FromResult(false);
        Stored.AddRange(updates);
        return Task.FromResult(true);
    }

    public Task ClearStoredState()
    {
        Stored.Clear();
        return Task.CompletedTask;
    }
}
