using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Entities;

/// <summary>
/// One entity that lives in the monolith or in this grain, as the phase of its capability says, and can be asked for in both cases.
/// </summary>
/// <remarks>
/// The road of a write while the capability is in the grains:
/// <code>
///  1 settle      finish what a crash cut off, before anything else is served
///  2 mark        the index entry is about to change
///  3 store       the state, version + 1, not yet applied
///  4 apply       the same rows at the monolith, through the bridge
///  5 commit      the index entry
///  6 return      which acknowledges the write
/// </code>
/// A crash after 3 leaves a state whose version is ahead of its applied version: the next activation applies it again before it answers. If
/// the monolith refuses at 4 (a foreign key, say) the state goes back to what it was and the caller gets the refusal. If it does not answer,
/// the outcome is unknown: the caller gets <see cref="BridgeUnavailableException"/>, and the grain answers nothing until 1 succeeds.
/// </remarks>
/// <typeparam name="T">The entity's own fields, as the service sees them.</typeparam>
/// <param name="stored">The grain's state.</param>
/// <param name="kind">What the grains of this kind share.</param>
public abstract class MigratableGrain<T>(IPersistentState<EntityState<T>> stored, EntityKind<T> kind) : Grain, IMigratableGrain
    where T : class
{
    private const int MaxDeletionAttempts = 5;

    private Task? _settling;

    /// <summary>The entity's id.</summary>
    protected long Id => this.GetPrimaryKeyLong();

    private EntityState<T> State => stored.State;

    private bool IsBehind => State.Version > State.AppliedVersion;

    /// <inheritdoc />
    public async Task ImportAsync(EntityRows? rows)
    {
        var version = State.Version + 1;
        await StoreAsync(new EntityState<T>
        {
            Value = rows is null ? null : kind.Mapping.FromRows(rows),
            Version = version,
            AppliedVersion = version,
            Epoch = State.Epoch,
        });
        await kind.Index.CommitAsync([kind.EntryOf(Id, version, State.Value)]);
    }

    /// <inheritdoc />
    public async Task SettleAsync()
    {
        var status = await kind.Capability.GetAsync();
        if (!status.Phase.IsServedByGrains())
        {
            // What is held here does not count, and must not be written over what the monolith has.
            return;
        }

        var wasBehind = IsBehind;
        await SettledAsync();
        if (!wasBehind)
        {
            await CommitIndexAsync();
        }
    }

    /// <inheritdoc />
    public async Task<EntityRows?> ExportAsync()
    {
        await SettledAsync();
        return State.Value is { } value ? kind.Mapping.ToRows(Id, State.Version, value) : null;
    }

    /// <summary>Returns the entity from wherever it lives, or null.</summary>
    protected async ValueTask<T?> ReadAsync(CancellationToken cancellationToken = default)
    {
        var status = await kind.Capability.GetAsync();
        if (!status.Phase.IsServedByGrains())
        {
            return await kind.ReadMonolithAsync(Id, cancellationToken);
        }

        await SettledAsync();
        return State.Value;
    }

    /// <summary>Makes the entity what is given wherever it lives, or deletes it with null. The write is acknowledged when the task ends.</summary>
    /// <exception cref="BridgeRefusedException">The monolith's rules forbid it; nothing has changed.</exception>
    /// <exception cref="BridgeUnavailableException">The monolith's database gave no answer; whether the write will take effect is unknown.</exception>
    protected async Task WriteAsync(T? value)
    {
        var status = await kind.Capability.GetAsync();
        if (status.Phase.IsServedByGrains())
        {
            await WriteHereAsync(value, status.Epoch);
        }
        else
        {
            var change = kind.ChangeOf(Id, new EntityState<T> { Value = value, Version = State.Version, Epoch = status.Epoch });
            await kind.Bridge.ApplyAsync([change]);
        }
    }

    /// <summary>
    /// Deletes the entity after those that refer to it. One that was added between the two is found by the monolith's foreign keys: then the children are
    /// deleted once more, as they would be if the request came a moment later.
    /// </summary>
    /// <param name="deleteChildren">Deletes those that refer to the entity now; called again after such a race.</param>
    /// <exception cref="BridgeRefusedException">Children were added faster than they could be deleted.</exception>
    protected async Task DeleteAfterChildrenAsync(Func<Task> deleteChildren)
    {
        ArgumentNullException.ThrowIfNull(deleteChildren);
        for (var attempt = 1; ; attempt++)
        {
            await deleteChildren();
            try
            {
                await WriteAsync(null);
                return;
            }
            catch (BridgeRefusedException refused) when (refused.Reason == BridgeRefusal.ForeignKey && attempt < MaxDeletionAttempts)
            {
                // Round again.
            }
        }
    }

    private async Task WriteHereAsync(T? value, long epoch)
    {
        await SettledAsync(); // 1
        await kind.Index.MarkPendingAsync(kind.KeyOf(Id)); // 2
        var before = State;
        await StoreAsync(new EntityState<T> { Value = value, Version = before.Version + 1, AppliedVersion = before.AppliedVersion, Epoch = epoch }); // 3
        try
        {
            await ApplyAsync(); // 4
        }
        catch (BridgeRefusedException)
        {
            await UndoAsync(before.Value);
            throw;
        }

        await CommitIndexAsync(); // 5
    }

    /// <summary>Goes back to the value before a refused write, which the monolith's rows still have.</summary>
    private async Task UndoAsync(T? value)
    {
        var version = State.Version + 1;
        await StoreAsync(new EntityState<T> { Value = value, Version = version, AppliedVersion = version, Epoch = State.Epoch });
        await CommitIndexAsync();
    }

    /// <summary>Ends when the monolith's rows are those of the state. Reads that run side by side share the work.</summary>
    private Task SettledAsync()
    {
        if (!IsBehind)
        {
            return Task.CompletedTask;
        }

        if (_settling is null or { IsCompleted: true })
        {
            _settling = SettleOnceAsync();
        }

        return _settling;
    }

    private async Task SettleOnceAsync()
    {
        try
        {
            await ApplyAsync();
        }
        catch (BridgeRefusedException)
        {
            // The write was never acknowledged and the monolith will not have it: what the monolith has is the truth.
            await UndoAsync(await kind.ReadMonolithAsync(Id, CancellationToken.None));
            return;
        }

        await CommitIndexAsync();
    }

    private async Task ApplyAsync()
    {
        await kind.Bridge.ApplyAsync([kind.ChangeOf(Id, State)]);
        State.AppliedVersion = State.Version;
    }

    private Task CommitIndexAsync() => kind.Index.CommitAsync([kind.EntryOf(Id, State.Version, State.Value)]);

    private async Task StoreAsync(EntityState<T> next)
    {
        var before = State;
        stored.State = next;
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            // Whether it was stored is unknown: the next activation reads what is true.
            stored.State = before;
            DeactivateOnIdle();
            throw;
        }
    }
}
