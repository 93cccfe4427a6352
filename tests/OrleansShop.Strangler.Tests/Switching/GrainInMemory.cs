using System.Collections.Immutable;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;

namespace OrleansShop.Strangler.Tests.Switching;

/// <summary>A capability grain without an engine, a lease or storage: transitions end when they are ended.</summary>
internal sealed class GrainInMemory(string capability) : ICapabilityGrain
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    internal CapabilityRecord Record { get; private set; } = new();

    /// <summary>Lets another attempt begin in the place of the running one.</summary>
    internal void Supersede() => Record = Record.Begin(Record.Pending!.Target, "another", Now);

    internal void Enter(CapabilityPhase phase) => Record = Record.Begin(phase, "test", Now).End(succeeded: true, "", Now);

    public Task<CapabilityStatus> GetAsync() => Task.FromResult(Status);

    public Task<OrderAnswer> OrderAsync(CapabilityOrder order)
    {
        Orders.Add(order);
        var decision = OrderRules.Decide(capability, Record.Standing, order, OrderFacts.None);
        if (decision.Next is { } next) Record = Record.Ordered(order, next, OrderFacts.None, Now);
        return Task.FromResult(Answer ?? new OrderAnswer(decision.Refusal is null ? OrderResult.Accepted : OrderResult.Refused, Status, decision.Refusal));
    }

    /// <summary>The orders that came in.</summary>
    internal List<CapabilityOrder> Orders { get; } = [];

    /// <summary>What to answer to orders instead of what the rules say.</summary>
    internal OrderAnswer? Answer { get; set; }

    public Task<CapabilityStatus> SettleAsync() => Task.FromResult(Status);

    public Task<ImmutableArray<CapabilityTransition>> GetHistoryAsync() => Task.FromResult(Record.History);

    public Task<TransitionStart> BeginAsync(CapabilityPhase target, string by)
    {
        if (Record.Pending is not null)
        {
            return Task.FromResult(new TransitionStart(TransitionOutcome.AnotherIsRunning, Record.Attempts, TimeSpan.FromSeconds(7), Status));
        }

        if (Record.Phase == target)
        {
            return Task.FromResult(new TransitionStart(TransitionOutcome.AlreadyThere, 0, null, Status));
        }

        Record = Record.Begin(target, by, Now);
        return Task.FromResult(new TransitionStart(TransitionOutcome.Begun, Record.Attempts, null, Status));
    }

    public Task<bool> RenewAsync(long attempt) => Task.FromResult(Record.Pending?.Attempt == attempt);

    public Task<CapabilityStatus> EndAsync(long attempt, bool succeeded, string detail)
    {
        if (Record.Pending?.Attempt != attempt)
        {
            throw new InvalidOperationException("Not the pending attempt.");
        }

        Record = Record.End(succeeded, detail, Now);
        return Task.FromResult(Status);
    }

    private CapabilityStatus Status => new(capability, Record.Phase, Record.Epoch, Record.ChangedAt, Record.By, Record.Pending, Record.Percent, Record.Lists, Record.IsPaused, Record.HasLedger);
}
