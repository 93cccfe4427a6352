using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;
using OrleansShop.Engine.Migration;
using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.Activations;

/// <summary>The way to another silo: what is handed over here is taken over there before anything runs.</summary>
internal sealed partial class Activation
{
    /// <summary>Makes it one that another silo has placed here. Before its first turn.</summary>
    public void BeginAwayFromOwner(Redirection redirection) => Extras.Redirection = redirection;

    /// <summary>Gives it what its predecessor on another silo has handed over. Before its first turn.</summary>
    public void BeginDehydrated(byte[] dehydrated) => Extras.Dehydrated = dehydrated.Length == 0 ? null : dehydrated;

    /// <summary>Its silo has become its owner, or it has left. False if it was at its owner's already.</summary>
    public bool EndRedirection() => _extras is { } extras && Interlocked.Exchange(ref extras.Redirection, null) is not null;

    /// <summary>Where it goes and what it takes along; null if it does not move. After it was dehydrated.</summary>
    public Departure? Departure => _extras?.Departure;

    /// <inheritdoc/>
    public void Migrate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default)
    {
        // Observers and stateless workers belong to their process, and a silo alone is the only place there is.
        if (Class.IsObserver || Class.MaxLocalWorkers != 0 || Host.Placement is not { } placement) return;
        QueueAction(() => _ = MigrateTo(placement.ChooseTarget(this, requestContext, cancellationToken)));
    }

    /// <summary>
    /// Ends it because its partition has a new owner. What it has in memory goes along if something in it supports that; else its next call makes it read what is stored.
    /// </summary>
    /// <param name="owner">The new owner; null if nothing is to go along.</param>
    public void FollowPartition(SiloAddress? owner) => QueueAction(() =>
    {
        if (_state >= ActivationState.Deactivating || IsLeaving) return;
        if (owner is null || MigrationParticipants().Count == 0)
        {
            AskDeactivation(new DeactivationReason(DeactivationReasonCode.RuntimeRequested, "The grain's partition moved to another silo."));
            return;
        }

        Extras.MoveTarget = owner;
        AskDeactivation(new DeactivationReason(DeactivationReasonCode.Migrating, $"The grain's partition moved to {owner}."));
    });

    private async Task MigrateTo(Task<SiloAddress?> choosing)
    {
        try
        {
            if (await choosing is not { } target) return;
            if (_state >= ActivationState.Deactivating || IsLeaving) return;
            Extras.MoveTarget = target;
            AskDeactivation(new DeactivationReason(DeactivationReasonCode.Migrating, $"The grain moves to {target}."));
        }
        catch (Exception e)
        {
            // It stays where it is.
            Host.LogMigrationFailed(e, GrainId);
        }
    }

    // After OnDeactivateAsync: what that changed goes along. All or nothing, so that the parts fit together.
    private void Dehydrate(SiloAddress target)
    {
        var context = new DehydrationContext(Host.Services.GetRequiredService<Serializer>(), Host.Placement!.MaxStateBytes);
        try
        {
            foreach (var participant in MigrationParticipants()) participant.OnDehydrate(context);
            Extras.Departure = new Departure(target, context.ToArray());
        }
        catch (Exception e)
        {
            Host.LogDehydrationFailed(e, GrainId, target);
            Extras.Departure = new Departure(target, []);
        }
    }

    private async Task ActivateRehydrated(byte[] dehydrated)
    {
        Extras.Dehydrated = null;
        JoinStages();
        try
        {
            var context = new RehydrationContext(dehydrated, Host.Services.GetRequiredService<Serializer>());
            foreach (var participant in MigrationParticipants()) participant.OnRehydrate(context);
        }
        catch (Exception e)
        {
            // Half of what was handed over is worse than nothing: it starts again with what is stored.
            Host.LogRehydrationFailed(e, GrainId);
            await DisposeInstance();
            Extras.StartOver();
            _instance = Class.CreateInstance(this);
            JoinStages();
        }

        await RunStages();
    }

    private List<IGrainMigrationParticipant> MigrationParticipants()
    {
        var participants = new List<IGrainMigrationParticipant>();
        if (_instance is IGrainMigrationParticipant grain) participants.Add(grain);
        if (_extras?.Components is { } components) participants.AddRange(components.Values.OfType<IGrainMigrationParticipant>());
        if (_extras?.Lifecycle is { } lifecycle) participants.AddRange(lifecycle.MigrationParticipants);
        return [.. participants.Distinct()];
    }
}
