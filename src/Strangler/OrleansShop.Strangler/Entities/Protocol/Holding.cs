using OrleansShop.Strangler.Ownership;

namespace OrleansShop.Strangler.Entities.Protocol;

/// <summary>
/// What a grain holds of its entity, as its stored state says, and how it passes from the monolith to the grain and back. Pure: the grain stores and sends what follows from it, and the simulation of the protocol decides
/// by the same code.
/// </summary>
/// <remarks>
/// What holds, whatever crashes, comes late or comes twice, given that the state is stored only by whoever has read the one before:
/// <list type="number">
/// <item>What is sent to the ledger was stored before, so the ledger never knows a newer version than the state.</item>
/// <item>Versions and epochs only grow, also over moves. A change that overtakes another is refused by its version, one of an earlier ownership by its epoch.</item>
/// <item>An owner is settled (the ledger has its version) before it answers, begins a write or begins to return. So nothing that it has sent can change anything any more, but a return.</item>
/// <item>An activation that finds a version which is not applied stores it again before it applies it. Else the write of the one before, which was to take the version back and is late, could take back what has happened since.</item>
/// <item>That a return has begun is stored before it is sent. Whoever finds that stored ends the return before it does anything else: a late one could take the entity from an owner that does not know.</item>
/// <item>Where a capability's replication may lag, an owner whose acknowledged write is not applied yet serves and changes its entity all the same, and that it does is stored before the acknowledgement: nobody takes such a write
/// back. It is applied before the entity is deleted or returned.</item>
/// <item>Once the capability is retired, nothing can be returned, so that an owner compares nothing. What it stores is stored as parted: it counts as applied, and whoever finds it neither compares nor applies it, whatever it
/// knows of the phase. Deletions alone are still applied.</item>
/// <item>A write that the monolith's rules refuse is overtaken by a version of its own, which is applied too: a late repetition of the write finds itself too old.</item>
/// </list>
/// </remarks>
/// <param name="IsOwner">Whether the grain owns the entity, as far as it knows: the ledger decides.</param>
/// <param name="Begun">What has begun and is not known to have ended.</param>
/// <param name="Epoch">The epoch in which the grain owns the entity; if it does not, the newest that it knows.</param>
/// <param name="Version">The count of the grain's changes. Only grows.</param>
/// <param name="AppliedVersion">The newest version that the monolith's rows are known to have had.</param>
/// <param name="Exists">Whether the entity exists. Says nothing if the grain is not the owner.</param>
internal readonly record struct Holding(bool IsOwner, HoldingStep Begun, long Epoch, long Version, long AppliedVersion, bool Exists)
{
    /// <summary>Whether a version has been stored that the monolith's rows may not have.</summary>
    public bool IsBehind => Version > AppliedVersion;

    /// <summary>Whether writes were acknowledged that the monolith's rows may not have.</summary>
    public bool IsLagging => Begun == HoldingStep.Lagging;

    /// <summary>Whether the entity was written since its capability is retired.</summary>
    public bool IsParted => Begun == HoldingStep.Parted;

    /// <summary>Whether the grain may answer: it is the owner, nothing has begun, and the monolith's rows are known to be the same, or what they lack was acknowledged, or they do not count any more.</summary>
    public bool MayServe => IsOwner && (IsLagging || (!IsBehind && Begun is HoldingStep.None or HoldingStep.Parted));

    /// <summary>
    /// Whether the ledger has given the entity to the grains and no grain has stored it: a take whose answer was lost, that came late, or came twice. Whoever is to bring the entity back takes it over first
    /// (<see cref="Taken"/>), with its rows, which are frozen.
    /// </summary>
    /// <remarks>
    /// An entry of the epoch that the grain knows counts too: it may have heard of the epoch without owning the entity in it, when it found that an earlier ownership had ended. What it has owned and returned is not mistaken
    /// for that: the epoch it knows is then above that of the entry, even if the entry was read before the return ended.
    /// </remarks>
    /// <param name="entry">What the ledger says, or said before the grain ended what it had begun; null if it knows no such entity.</param>
    public bool HasMissed(LedgerEntry? entry) => !IsOwner && entry is { Owner: EntityOwner.Grains } given && given.Epoch >= Epoch;

    /// <summary>Step 2: the ledger has given the entity to the grains, with these rows.</summary>
    /// <param name="entry">What the ledger says.</param>
    /// <param name="exists">Whether there are rows.</param>
    public Holding Taken(LedgerEntry entry, bool exists)
    {
        Invariant.Holds(!IsOwner, "a grain takes only what it does not own");
        Invariant.Holds(entry.Owner == EntityOwner.Grains, "what is taken belongs to the grains by the ledger");
        Invariant.Holds(entry.Epoch >= Epoch, "the ledger's epoch is not below one that the grain knows");
        var version = Math.Max(Version, entry.Version) + 1;
        return new Holding(IsOwner: true, HoldingStep.None, entry.Epoch, version, version, exists);
    }

    /// <summary>Step 5 for an entity that nobody knows: the grain makes it. The id is new, or the ledger knows nothing of it.</summary>
    public Holding Created()
    {
        Invariant.Holds(!IsOwner, "a grain creates only what it does not own");
        return new Holding(IsOwner: true, HoldingStep.Creating, Epoch + 1, Version + 1, AppliedVersion: Version, Exists: true);
    }

    /// <summary>Step 5: the grain stores a write, which is to be applied.</summary>
    /// <param name="exists">Whether the entity exists afterwards.</param>
    public Holding Written(bool exists)
    {
        Invariant.Holds(IsOwner, "only the owner writes");
        Invariant.Holds(!IsBehind || IsLagging, "the write before is applied, or was acknowledged");
        Invariant.Holds(Begun is HoldingStep.None or HoldingStep.Lagging or HoldingStep.Parted, "nothing else has begun");
        Invariant.Holds(exists || !IsLagging, "what is deleted is applied, so that nothing new can come to refer to it");
        return this with { Version = Version + 1, Exists = exists };
    }

    /// <summary>Instead of step 6, while the monolith cannot be reached: the stored write is acknowledged, and those that follow it. To be stored before that.</summary>
    public Holding Lagging()
    {
        Invariant.Holds(IsOwner, "only the owner acknowledges");
        Invariant.Holds(IsBehind, "only what is not applied lags");
        Invariant.Holds(Begun == HoldingStep.None, "a creation is applied first, and so is all that is returned");
        Invariant.Holds(Exists, "a deletion is applied first");
        return this with { Begun = HoldingStep.Lagging };
    }

    /// <summary>Step 5 once the capability is retired, after <see cref="Written"/>, <see cref="Created"/> or <see cref="Undone"/>, and instead of step 6 of what was begun before. To be stored.</summary>
    public Holding Parted()
    {
        Invariant.Holds(IsOwner, "only the owner parts from the monolith's rows");
        Invariant.Holds(Begun != HoldingStep.Returning, "a return that has begun is ended first");
        return this with { Begun = HoldingStep.Parted, AppliedVersion = Exists ? Version : AppliedVersion };
    }

    /// <summary>Step 6: the monolith's rows are those of the state. Known to this activation; it is stored with whatever is stored next.</summary>
    public Holding Applied()
    {
        Invariant.Holds(IsOwner, "only the owner applies");
        return this with { AppliedVersion = Version, Begun = Begun is HoldingStep.Creating or HoldingStep.Lagging ? HoldingStep.None : Begun };
    }

    /// <summary>The monolith's rules have refused the stored write: a new version takes it back, which is to be stored and applied like any other.</summary>
    /// <param name="exists">Whether the entity existed before.</param>
    public Holding Undone(bool exists)
    {
        Invariant.Holds(IsOwner, "only the owner takes a write back");
        Invariant.Holds(IsBehind, "only a write that was not applied is taken back");
        Invariant.Holds(!IsLagging, "what was acknowledged is not taken back");
        Invariant.Holds(!exists || Begun != HoldingStep.Creating, "what is being created did not exist before");
        return this with { Version = Version + 1, Exists = exists };
    }

    /// <summary>Step 8: the grain is about to hand the entity back, and does nothing else until that has ended. To be stored before the ledger is asked.</summary>
    public Holding Returning()
    {
        Invariant.Holds(IsOwner, "only the owner returns");
        Invariant.Holds(!IsBehind, "what is returned is applied");
        Invariant.Holds(!IsParted, "what the monolith's rows lack for good is not returned");
        return this with { Begun = HoldingStep.Returning };
    }

    /// <summary>Step 10: the ledger has given the entity back to the monolith.</summary>
    /// <param name="entry">What the ledger says.</param>
    public Holding Returned(LedgerEntry entry)
    {
        Invariant.Holds(Begun == HoldingStep.Returning, "a return ends that has begun");
        Invariant.Holds(entry.Owner == EntityOwner.Monolith, "what is returned belongs to the monolith by the ledger");
        Invariant.Holds(entry.Epoch == Epoch + 1, "a return ends the epoch of the grain");
        return Forgotten(entry);
    }

    /// <summary>An activation, or one that was refused, has asked the ledger.</summary>
    /// <param name="entry">What the ledger says; null if it knows no such entity.</param>
    /// <returns>What holds: the same as before, with what the ledger has applied, or that the grain is not the owner any more.</returns>
    public Holding Reconciled(LedgerEntry? entry)
    {
        if (!IsOwner || IsParted)
        {
            return this;
        }

        if (entry is { Owner: EntityOwner.Grains } owned && owned.Epoch == Epoch)
        {
            Invariant.Holds(owned.Version <= Version, "the ledger has no newer version than the grain has stored");
            var known = this with { AppliedVersion = Math.Max(AppliedVersion, owned.Version) };
            return known is { Begun: HoldingStep.Creating or HoldingStep.Lagging, IsBehind: false } ? known.Applied() : known;
        }

        Invariant.Holds(!IsLagging, "an owner whose acknowledged writes the monolith lacks has not returned the entity");

        return entry is null && Begun == HoldingStep.Creating ? this : Forgotten(entry);
    }

    /// <summary>The ledger has refused what the grain has stored and sent, and was asked why.</summary>
    /// <param name="entry">What the ledger says; null if it knows no such entity: then there is no ledger any more that would let the grain create it.</param>
    public Holding Overruled(LedgerEntry? entry)
    {
        Invariant.Holds(IsOwner, "only an owner is overruled");
        return entry is null && !IsParted ? Forgotten(entry) : Reconciled(entry);
    }

    /// <summary>
    /// Whether it is certain that no rows of the version were ever written, and none will be: then what was to be written may be tried in another way. Else somebody may have seen it.
    /// </summary>
    /// <param name="entry">What the ledger says after it has refused the version.</param>
    public bool IsCertainlyNotApplied(LedgerEntry? entry) => entry is { } known ? known.Version < Version && known.Epoch != Epoch : Begun == HoldingStep.Creating;

    private Holding Forgotten(LedgerEntry? entry)
    {
        var version = Math.Max(Version, entry?.Version ?? 0);
        return new Holding(IsOwner: false, HoldingStep.None, Math.Max(Epoch, entry?.Epoch ?? 0), version, version, Exists: false);
    }
}
