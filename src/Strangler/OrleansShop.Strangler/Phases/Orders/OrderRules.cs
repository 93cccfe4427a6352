namespace OrleansShop.Strangler.Phases.Orders;

/// <summary>
/// Which orders a capability takes, and what it is afterwards. Pure.
/// <code>
///             shadow            canary p           promote            retire
///  Monolith ─────────► Shadow ───────────► Canary ──────────► Grains ────────► Retired
///     ▲  ◄────────────── │ ◄───────────────┤  ▲ ◄──────────────┤
///     │      rollback         shadow: 0 %  │  │    canary p     │  lists grains | monolith
///     └────────────────────────────────────┴──┴─────────────────┘
///                 rollback: Canary 0 %, and Monolith when the sweep has returned everything
/// </code>
/// </summary>
public static class OrderRules
{
    /// <summary>Decides about an order.</summary>
    /// <param name="capability">The name of the capability.</param>
    /// <param name="standing">How the capability stands.</param>
    /// <param name="order">What is asked.</param>
    /// <param name="facts">What is the case besides.</param>
    public static OrderDecision Decide(string capability, CapabilityStanding standing, CapabilityOrder order, OrderFacts facts)
    {
        ArgumentNullException.ThrowIfNull(standing);
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(facts);
        if (order.ExpectedEpoch is { } expected && expected != standing.Epoch)
        {
            return Refused($"{capability} was changed meanwhile: its epoch is {standing.Epoch}, the order was given for {expected}. Look at it again.");
        }

        if (facts.Behind > 0 && LeadsBack(standing, order))
        {
            return Refused($"The monolith's rows of {facts.Behind} entities of {capability} lack writes that were acknowledged (its replication may lag): wait until they are applied; the status says how many are left, and why.");
        }

        var decision = order.Kind switch
        {
            OrderKind.Shadow => Shadow(capability, standing, facts),
            OrderKind.Canary => Canary(capability, standing, order.Percent),
            OrderKind.Promote => Promote(capability, standing),
            OrderKind.Lists => Lists(capability, standing, order.Lists, facts),
            OrderKind.Rollback => Rollback(capability, standing),
            OrderKind.Pause => Pause(capability, standing, isPaused: true),
            OrderKind.Resume => Pause(capability, standing, isPaused: false),
            OrderKind.Retire => Retire(capability, standing, order.Confirmation, facts),
            _ => Refused($"There is no order {order.Kind}."),
        };
        return decision.Next == standing ? OrderDecision.Unchanged : decision.Next is { } next ? OrderDecision.Accepted(next with { Epoch = standing.Epoch + 1 }) : decision;
    }

    /// <summary>Whether an order gives entities back to the monolith, or leaves its rows as they are for good.</summary>
    internal static bool LeadsBack(CapabilityStanding standing, CapabilityOrder order) => order.Kind switch
    {
        OrderKind.Rollback => standing.Phase is CapabilityPhase.Canary or CapabilityPhase.Grains,
        OrderKind.Canary => standing.Phase == CapabilityPhase.Grains || (standing.Phase == CapabilityPhase.Canary && order.Percent < standing.Percent),
        OrderKind.Retire => standing.Phase == CapabilityPhase.Grains,
        _ => false,
    };

    /// <summary>What becomes of a rollback when the ledger says that the grains own nothing any more; null when it is not over.</summary>
    public static CapabilityStanding? EndOfRollback(CapabilityStanding standing, OrderFacts facts)
    {
        ArgumentNullException.ThrowIfNull(standing);
        ArgumentNullException.ThrowIfNull(facts);
        return standing is { Phase: CapabilityPhase.Canary, IsRollingBack: true, IsPaused: false } && facts.OwnedByGrains == 0
            ? new CapabilityStanding { Epoch = standing.Epoch + 1 }
            : null;
    }

    private static OrderDecision Shadow(string capability, CapabilityStanding standing, OrderFacts facts) => standing.Phase switch
    {
        CapabilityPhase.Monolith or CapabilityPhase.Shadow => To(standing, CapabilityPhase.Shadow),
        CapabilityPhase.Canary when standing.Percent > 0 => Refused($"{capability} is in Canary at {standing.Percent} %: order canary 0 first, and wait until the sweep has returned its entities."),
        CapabilityPhase.Canary when facts.OwnedByGrains != 0 => Refused($"The grains still own {facts.OwnedByGrains?.ToString() ?? "an unknown number of"} entities of {capability}: wait until the sweep has returned them."),
        CapabilityPhase.Canary => To(standing, CapabilityPhase.Shadow),
        _ => OutOfOrder(capability, standing, "shadow", "order canary first"),
    };

    private static OrderDecision Canary(string capability, CapabilityStanding standing, int? percent) => (standing.Phase, percent) switch
    {
        (_, null or < 0 or > 100) => Refused($"The share is {percent?.ToString() ?? "missing"}; it must be a whole number of percent from 0 to 100."),
        (CapabilityPhase.Monolith, _) => OutOfOrder(capability, standing, "canary", "order shadow first"),
        (CapabilityPhase.Retired, _) => IsRetired(capability),
        (CapabilityPhase.Grains, _) when standing.Lists == ListSide.Grains => Refused($"The lists of {capability} are answered from the grains: order lists monolith first."),
        _ => Accept(standing with { Phase = CapabilityPhase.Canary, Percent = percent.Value, IsRollingBack = false }),
    };

    private static OrderDecision Promote(string capability, CapabilityStanding standing) => standing.Phase switch
    {
        CapabilityPhase.Canary => To(standing, CapabilityPhase.Grains),
        CapabilityPhase.Grains => Accept(standing),
        CapabilityPhase.Retired => IsRetired(capability),
        _ => OutOfOrder(capability, standing, "promote", "order canary first"),
    };

    private static OrderDecision Lists(string capability, CapabilityStanding standing, ListSide? side, OrderFacts facts) => (standing.Phase, side) switch
    {
        (_, null) => Refused("The order says not where lists are to be answered from: grains or monolith."),
        (CapabilityPhase.Retired, ListSide.Monolith) => IsRetired(capability),
        (CapabilityPhase.Grains, ListSide.Grains) when facts.OwnedByMonolith != 0 => Refused(
            $"The monolith still owns {facts.OwnedByMonolith?.ToString() ?? "an unknown number of"} entities of {capability}, which the grains' lists would not show: wait until the sweep has moved them."),
        (CapabilityPhase.Grains or CapabilityPhase.Retired, _) => Accept(standing with { Lists = side.Value }),
        (_, ListSide.Monolith) => Accept(standing),
        _ => OutOfOrder(capability, standing, "lists grains", "promote it first"),
    };

    private static OrderDecision Rollback(string capability, CapabilityStanding standing) => standing.Phase switch
    {
        CapabilityPhase.Monolith => Accept(standing),
        CapabilityPhase.Shadow => To(standing, CapabilityPhase.Monolith),
        CapabilityPhase.Canary or CapabilityPhase.Grains => Accept(standing with
        {
            Phase = CapabilityPhase.Canary,
            Percent = 0,
            Lists = ListSide.Monolith,
            IsRollingBack = true,
            IsPaused = false,
        }),
        _ => IsRetired(capability),
    };

    private static OrderDecision Pause(string capability, CapabilityStanding standing, bool isPaused) => standing.Phase switch
    {
        CapabilityPhase.Shadow or CapabilityPhase.Canary or CapabilityPhase.Grains => Accept(standing with { IsPaused = isPaused }),
        _ => Refused($"{capability} is in the phase {standing.Phase}, in which nothing moves that could be paused or resumed."),
    };

    private static OrderDecision Retire(string capability, CapabilityStanding standing, string? confirmation, OrderFacts facts)
    {
        if (standing.Phase == CapabilityPhase.Retired) return Accept(standing);
        if (standing.Phase != CapabilityPhase.Grains) return OutOfOrder(capability, standing, "retire", "promote it and have its lists answered from the grains first");
        if (standing.Lists != ListSide.Grains) return Refused($"The lists of {capability} are still answered from the monolith's rows, which would grow old: order lists grains first.");
        if (facts.OwnedByMonolith != 0) return Refused($"The monolith still owns {facts.OwnedByMonolith?.ToString() ?? "an unknown number of"} entities of {capability}.");
        if (facts.Children.FirstOrDefault(static child => child.Phase != CapabilityPhase.Retired) is { } child)
        {
            return Refused($"{child.Capability} is in the phase {child.Phase}, and its rows refer to those of {capability}: retire it first.");
        }

        if (facts.Parents.FirstOrDefault(static parent => parent.Phase != CapabilityPhase.Retired && parent.Lists != ListSide.Grains) is { } parent)
        {
            return Refused($"The monolith answers for {parent.Capability}, with {capability} in its answers: have the grains answer for all of it, lists too, first.");
        }

        return confirmation == capability
            ? To(standing with { IsPaused = false }, CapabilityPhase.Retired)
            : Refused($"There is no way back from Retired but a fresh import. Confirm by the name of the capability, '{capability}'.");
    }

    private static OrderDecision To(CapabilityStanding standing, CapabilityPhase phase) =>
        Accept(standing with { Phase = phase, Percent = phase == CapabilityPhase.Canary ? standing.Percent : 0, IsRollingBack = false });

    private static OrderDecision OutOfOrder(string capability, CapabilityStanding standing, string order, string instead) =>
        Refused($"{capability} is in the phase {standing.Phase}, which does not take the order {order}: {instead}.");

    private static OrderDecision IsRetired(string capability) => Refused($"{capability} is retired: the monolith's rows are old, and the only way back is a fresh import.");

    private static OrderDecision Accept(CapabilityStanding next) => OrderDecision.Accepted(next);

    private static OrderDecision Refused(string why) => OrderDecision.Refused(why);
}
