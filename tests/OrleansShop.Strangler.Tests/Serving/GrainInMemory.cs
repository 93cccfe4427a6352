using System.Collections.Immutable;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;
using OrleansShop.Strangler.Rollout;

namespace OrleansShop.Strangler.Tests.Serving;

/// <summary>A capability grain without an engine, a ledger or storage: orders have their effect at once.</summary>
internal sealed class GrainInMemory(string capability) : ICapabilityGrain
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    internal CapabilityRecord Record { get; private set; } = new();

    /// <summary>The orders that came in.</summary>
    internal List<CapabilityOrder> Orders { get; } = [];

    /// <summary>What to answer to orders instead of what the rules say.</summary>
    internal OrderAnswer? Answer { get; set; }

    /// <summary>The orders for rollouts that came in.</summary>
    internal List<RolloutOrder> RolloutOrders { get; } = [];

    /// <summary>What to answer to them.</summary>
    internal RolloutAnswer RolloutAnswer { get; set; } = new(Status: null);

    internal List<GatewayFigures> Figures { get; } = [];

    /// <summary>Goes to Grains, lists included.</summary>
    internal void EnterGrains()
    {
        var standing = new CapabilityStanding { Phase = CapabilityPhase.Grains, Lists = ListSide.Grains, Epoch = Record.Epoch + 1 };
        Record = Record.Ordered(new CapabilityOrder(OrderKind.Promote, "test", "here"), standing, OrderFacts.None, Now);
    }

    public Task<CapabilityStatus> GetAsync() => Task.FromResult(Status);

    public Task<OrderAnswer> OrderAsync(CapabilityOrder order)
    {
        Orders.Add(order);
        var decision = OrderRules.Decide(capability, Record.Standing, order, OrderFacts.None);
        if (decision.Next is { } next) Record = Record.Ordered(order, next, OrderFacts.None, Now);
        return Task.FromResult(Answer ?? new OrderAnswer(decision.Refusal is null ? OrderResult.Accepted : OrderResult.Refused, Status, decision.Refusal));
    }

    public Task<CapabilityStatus> SettleAsync() => Task.FromResult(Status);

    public Task<ImmutableArray<CapabilityTransition>> GetHistoryAsync() => Task.FromResult(Record.History);

    public Task<RolloutAnswer> StartRolloutAsync(RolloutOrder order)
    {
        RolloutOrders.Add(order);
        return Task.FromResult(RolloutAnswer);
    }

    public Task<RolloutAnswer> StopRolloutAsync(RolloutOrder order) => StartRolloutAsync(order);

    public Task<RolloutStatus?> GetRolloutAsync() => Task.FromResult(RolloutAnswer.Status);

    public Task ReportAsync(GatewayFigures figures)
    {
        Figures.Add(figures);
        return Task.CompletedTask;
    }

    private CapabilityStatus Status => new(capability, Record.Phase, Record.Epoch, Record.ChangedAt, Record.By, Record.Percent, Record.Lists, Record.IsPaused);
}
