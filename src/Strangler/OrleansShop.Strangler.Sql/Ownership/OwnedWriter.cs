using System.Data.Common;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;
using OrleansShop.Strangler.Sql.Applying;
using OrleansShop.Strangler.Sql.Databases;
using OrleansShop.Strangler.Sql.Schema;

namespace OrleansShop.Strangler.Sql.Ownership;

/// <summary>
/// Writes entities for the owners that the ledger agrees with, within one transaction.
/// <code>
///   1 enter    no announcement changes the capabilities meanwhile
///   2 lock     the entities' rows, then what the ledger says of them
///   3 decide   by the rules of the ledger
///   4 mark     the fences let the grain's writes of this one entity pass
///   5 write    the rows, and what the ledger says from now on
/// </code>
/// For a capability without a ledger, what is to be written for the monolith is written as it is.
/// </summary>
internal sealed class OwnedWriter(ILedgerDialect dialect, ISqlDialect sql, DbTransaction transaction)
{
    private readonly LedgerRows _ledger = new(dialect, transaction);
    private readonly Dictionary<EntityName, LockedEntity> _locked = [];
    private bool _isMarked;

    /// <summary>Step 6 of a write: every change, in the order given.</summary>
    internal async Task ApplyAsync(IReadOnlyList<(EntityChange Change, EntitySchema Entity)> steps)
    {
        var fenced = await EnterAsync(steps.Select(static step => step.Change.Capability));
        await LockAsync(steps.Where(step => fenced.Contains(step.Change.Capability)));
        foreach (var (change, entity) in steps)
        {
            if (!fenced.Contains(change.Capability))
            {
                if (LedgerRules.ApplyWithoutLedger(change).Outcome == LedgerOutcome.NotOwner)
                {
                    throw new BridgeRefusedException(
                        BridgeRefusal.NotOwner, $"The {NameOf(change)} is not written for its grain in epoch {change.Epoch}: {change.Capability} has no ledger (any more), so that the monolith owns all of it.");
                }

                await MarkAsync(entity: null);
                await WriteRowsAsync(change, entity);
                continue;
            }

            var name = NameOf(change);
            var locked = _locked[name];
            await CarryOutAsync(change, entity, LedgerRules.Apply(Known(locked, change), change));
        }

        await MarkAsync(entity: null);
    }

    /// <summary>Step 9 of a move: the newest rows, and the entity back to the monolith.</summary>
    /// <returns>What the ledger says now.</returns>
    internal async Task<LedgerEntry> ReturnAsync(EntityChange last, EntitySchema entity)
    {
        if ((await EnterAsync([last.Capability])).Count == 0)
        {
            throw new BridgeRefusedException(
                BridgeRefusal.NotOwner, $"The {last.Kind} {last.Id} cannot be returned: {last.Capability} has no ledger, so that all of it is the monolith's.");
        }

        await LockAsync([(last, entity)]);
        var decision = LedgerRules.Return(_locked[NameOf(last)].Entry, last);
        await CarryOutAsync(last, entity, decision);
        await MarkAsync(entity: null);
        return decision.Entry!.Value;
    }

    private async Task<HashSet<string>> EnterAsync(IEnumerable<string> capabilities)
    {
        var fenced = new HashSet<string>(StringComparer.Ordinal);
        foreach (var capability in capabilities.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (await dialect.EnterAsync(transaction, capability, LedgerAccess.Move) && await CapabilityGate.FindAsync(transaction, capability) is not null)
            {
                fenced.Add(capability);
            }
        }

        return fenced;
    }

    private async Task LockAsync(IEnumerable<(EntityChange Change, EntitySchema Entity)> steps)
    {
        foreach (var (change, entity) in steps.OrderBy(static step => NameOf(step.Change)))
        {
            var name = NameOf(change);
            if (!_locked.ContainsKey(name))
            {
                _locked.Add(name, await _ledger.LockWithRowsAsync(entity, name));
            }
        }
    }

    /// <summary>
    /// What the ledger says. A row of an entity that is the monolith's and not there counts as none: the monolith has deleted it, or it is left over from a delete that ran beside the first filling of the
    /// ledger. It must not stop a grain from making an entity of this id, if the grain knows all epochs that the entity had.
    /// </summary>
    private static LedgerEntry? Known(LockedEntity locked, EntityChange change) =>
        change.IsCreation && !locked.Exists && locked.Entry is { Owner: EntityOwner.Monolith } left && left.Epoch < change.Epoch && left.Version <= change.Version ? null : locked.Entry;

    private async Task CarryOutAsync(EntityChange change, EntitySchema entity, LedgerDecision decision)
    {
        var name = NameOf(change);
        var before = _locked[name];
        switch (decision.Outcome)
        {
            case LedgerOutcome.Repeated:
                return;
            case LedgerOutcome.Done when change is { Owner: EntityOwner.Monolith, IsCreation: true } && before.Exists:
                throw new BridgeRefusedException(BridgeRefusal.Constraint, $"The {name} is not made: the monolith has one.");
            case LedgerOutcome.Done when change.Owner == EntityOwner.Monolith:
                // As the monolith itself: fences, ledger and change feed treat it like any write of the monolith.
                await MarkAsync(entity: null);
                await WriteRowsAsync(change, entity);
                _locked[name] = new LockedEntity(await _ledger.FindAsync(name), Exists: !change.IsDelete);
                return;
            case LedgerOutcome.Done when decision.Entry is { } after:
                await MarkAsync(name);
                await _ledger.WriteAsync(name, before.Entry, after);
                await WriteRowsAsync(change, entity);
                _locked[name] = new LockedEntity(after, Exists: !change.IsDelete);
                return;
            case LedgerOutcome.Stale:
                throw new BridgeRefusedException(
                    BridgeRefusal.StaleVersion, $"The {name} was written at version {before.Entry?.Version} before; version {change.Version} comes too late.");
            default:
                throw new BridgeRefusedException(BridgeRefusal.NotOwner, $"The {name} is not written for {Describe(change)}: {Describe(before.Entry)}.");
        }
    }

    private async Task MarkAsync(EntityName? entity)
    {
        if (entity is not null || _isMarked)
        {
            await dialect.MarkAsync(transaction, entity);
            _isMarked = entity is not null;
        }
    }

    private Task WriteRowsAsync(EntityChange change, EntitySchema entity) => new EntityWriter(entity, sql, transaction).ApplyAsync(change);

    private static EntityName NameOf(EntityChange change) => new(change.Kind, change.Id);

    private static string Describe(EntityChange change) => change switch
    {
        { Owner: EntityOwner.Monolith } => "the monolith",
        { IsCreation: true } => "the grain that makes it",
        _ => $"its grain in epoch {change.Epoch}",
    };

    private static string Describe(LedgerEntry? entry) => entry is { } known
        ? $"the ledger says that {(known.Owner == EntityOwner.Grains ? "its grain" : "the monolith")} owns it in epoch {known.Epoch}"
        : "the ledger does not know it";
}
