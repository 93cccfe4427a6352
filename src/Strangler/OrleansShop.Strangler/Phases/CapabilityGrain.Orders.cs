using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Moving;
using OrleansShop.Strangler.Phases.Orders;
using OrleansShop.Strangler.Rollout;
using OrleansShop.Strangler.Serving;

namespace OrleansShop.Strangler.Phases;

/// <content>
/// The road of an order. What changes is stored first and told to the ledger then, again and again until it knows: only the removal of the ledger is told first, because it is refused while grains own something.
/// <code>
///  1 facts      who owns how many, how the other capabilities stand
///  2 decide     OrderRules
///  3 probe      tells the ledger the epoch that it knows: a bridge that is away, or a schema that does not fit, refuses the order here
///  4 store      the standing, the history
///  5 announce   the new epoch; from then on the ledger refuses what older epochs ask for
/// </code>
/// </content>
public abstract partial class CapabilityGrain
{
    /// <summary>Below a third of the 30 seconds of a call: an order asks the bridge three times.</summary>
    private static readonly TimeSpan BridgeTimeout = TimeSpan.FromSeconds(9);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private CapabilityMoves _moves = null!;
    private CapabilityMover? _mover;

    /// <summary>The epoch that the ledger is known to know.</summary>
    private long? _announced;

    private bool IsAnnounced => !record.State.HasLedger || _announced == record.State.Epoch;

    /// <inheritdoc />
    public async Task<OrderAnswer> OrderAsync(CapabilityOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var answer = Inadmissible(order) ?? await AskedAsync(order, _moves);
        _moves.Metrics.Ordered(Name, order.Kind, answer.Result);
        return answer;
    }

    /// <inheritdoc />
    public async Task<CapabilityStatus> SettleAsync()
    {
        if (!record.State.HasLedger) return Status;
        if (!IsAnnounced) await AnnounceAsync(_moves, record.State.Standing);
        if (record.State is { IsRollingBack: true, IsPaused: false })
        {
            var facts = await CountAsync(_moves, OrderFacts.None);
            if (OrderRules.EndOfRollback(record.State.Standing, facts) is { } monolith)
            {
                var order = new CapabilityOrder(OrderKind.Rollback, record.State.By ?? Name, "sweep", Reason: "Everything was returned.");
                await EnactAsync(_moves, order, monolith, facts);
            }
        }

        return Status;
    }

    private OrderAnswer? Inadmissible(CapabilityOrder order) =>
        OrderLimits.FaultOf(order) is { } fault ? Refused(fault) : null;

    private async Task<OrderAnswer> AskedAsync(CapabilityOrder order, CapabilityMoves moves, RolloutRecord? rollout = null)
    {
        try
        {
            var facts = await FactsAsync(order, moves); // 1
            var decision = OrderRules.Decide(Name, record.State.Standing, order, facts); // 2
            if (decision.Refusal is { } refusal) return Refused(refusal);
            if (decision.Next is not { } next) return new OrderAnswer(OrderResult.Unchanged, Status, $"{Name} stands so already.");
            await AnnounceAsync(moves, record.State.Standing); // 3
            next = await LeaveListsAsync(moves, order, next, facts, rollout);
            await EnactAsync(moves, order, next, facts, rollout);
            return new OrderAnswer(OrderResult.Accepted, Status);
        }
        catch (BridgeUnavailableException unavailable)
        {
            return new OrderAnswer(OrderResult.Unavailable, Status, $"The order is not taken, because the bridge does not answer. {unavailable.Message}", unavailable.RetryAfter);
        }
        catch (BridgeRefusedException refused)
        {
            return Refused($"The bridge refuses: {refused.Message}");
        }
        catch (CapabilityServiceException unavailable)
        {
            return new OrderAnswer(OrderResult.Unavailable, Status, $"The order is not taken, because it depends on how another capability stands. {unavailable.Message}", unavailable.RetryAfter ?? RetryAfter);
        }
    }

    /// <summary>
    /// Out of Grains, lists come from the monolith's rows first, for as long as a process may go by what it knew before. Else the monolith could make an entity already, and a process still look for it in the index.
    /// </summary>
    /// <returns>The standing that the order leads to, which is one epoch further if the lists had to be ordered first.</returns>
    private async Task<CapabilityStanding> LeaveListsAsync(CapabilityMoves moves, CapabilityOrder order, CapabilityStanding next, OrderFacts facts, RolloutRecord? rollout)
    {
        var standing = record.State.Standing;
        if (standing.Phase != CapabilityPhase.Grains || next.Phase.IsServedByGrains()) return next;

        if (standing.Lists == ListSide.Grains)
        {
            var lists = standing with { Lists = ListSide.Monolith, Epoch = next.Epoch };
            await EnactAsync(moves, order, lists, facts, rollout);
            next = next with { Epoch = lists.Epoch + 1 };
        }

        if (record.State.ChangedAt is { } changedAt && time.GetUtcNow() - changedAt is var since && since < CapabilityView.MaxAge)
        {
            await Task.Delay(since < TimeSpan.Zero ? CapabilityView.MaxAge : CapabilityView.MaxAge - since, time);
        }

        return next;
    }

    private async Task EnactAsync(CapabilityMoves moves, CapabilityOrder order, CapabilityStanding next, OrderFacts facts, RolloutRecord? rollout = null)
    {
        var now = time.GetUtcNow();
        var stored = record.State.Ordered(order, next, facts, now, rollout);
        if (next.Phase == CapabilityPhase.Monolith)
        {
            // A crash in between leaves a capability that has no ledger any more: its next activation tells the old epoch, which installs it again.
            await AnnounceAsync(moves, next);
            await StoreAsync(stored);
            return;
        }

        await StoreAsync(stored); // 4
        try
        {
            await AnnounceAsync(moves, next); // 5
        }
        catch (Exception failure) when (failure is BridgeUnavailableException or BridgeRefusedException)
        {
            // The order is stored, and the mover goes on telling the ledger; the status says that it does not know yet.
            LogNotAnnounced(moves.Logger, Name, next.Epoch, failure);
        }
    }

    private async Task<OrderFacts> FactsAsync(CapabilityOrder order, CapabilityMoves moves)
    {
        var facts = order.Kind == OrderKind.Retire
            ? OrderFacts.None with { Parents = await moves.Siblings.ParentsOfAsync(Name), Children = await moves.Siblings.ChildrenOfAsync(Name) }
            : OrderFacts.None;
        if (record.State.HasLedger && moves.Behind is { } behind)
        {
            facts = facts with { Behind = await behind.CountAsync(CancellationToken.None) };

            // What refuses the order is known then, also while the bridge gives no counts.
            if (facts.Behind > 0 && OrderRules.LeadsBack(record.State.Standing, order)) return facts;
        }

        return record.State.HasLedger ? await CountAsync(moves, facts) : facts;
    }

    private async Task<OrderFacts> CountAsync(CapabilityMoves moves, OrderFacts facts)
    {
        var counts = await InTimeAsync(token => moves.Ledger.CountAsync(Name, token));
        return facts with { OwnedByMonolith = counts.Monolith, OwnedByGrains = counts.Grains };
    }

    private async Task AnnounceAsync(CapabilityMoves moves, CapabilityStanding standing)
    {
        try
        {
            await InTimeAsync(async token =>
            {
                await moves.Ledger.AnnounceAsync(standing.Announcement(Name), token);
                return standing.Epoch;
            });
            _announced = standing.Epoch;
        }
        catch
        {
            // Whether the ledger knows this epoch, or still another one, is not known.
            _announced = null;
            throw;
        }
        finally
        {
            Publish();
        }
    }

    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> ask)
    {
        using var timeout = new CancellationTokenSource(BridgeTimeout, time);
        try
        {
            return await ask(timeout.Token);
        }
        catch (OperationCanceledException late) when (timeout.IsCancellationRequested)
        {
            throw new BridgeUnavailableException($"The bridge gave no answer about {Name} within {BridgeTimeout.TotalSeconds} s.", RetryAfter, late);
        }
    }

    private void BeginMoving()
    {
        _moves = ServiceProvider.GetRequiredKeyedService<CapabilityMoves>(Name);
        _mover = _moves.Start(this.AsReference<ICapabilityGrain>(), _status!);
    }

    private async Task EndMovingAsync(CancellationToken cancellationToken)
    {
        if (_mover is { } mover) await mover.DisposeAsync().AsTask().WaitAsync(cancellationToken);
    }

    private OrderAnswer Refused(string why) => new(OrderResult.Refused, Status, why);

    [LoggerMessage(3700, LogLevel.Warning, "The ledger does not know epoch {Epoch} of {Capability} yet; it is told again.")]
    private static partial void LogNotAnnounced(ILogger logger, string capability, long epoch, Exception failure);
}
