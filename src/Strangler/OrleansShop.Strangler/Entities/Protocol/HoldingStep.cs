namespace OrleansShop.Strangler.Entities.Protocol;

/// <summary>What a grain has begun with its entity and does not know to have ended. The numbers are stored and never given a new meaning.</summary>
public enum HoldingStep
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The entity is being made: the ledger may not know it yet.</summary>
    Creating = 1,

    /// <summary>The entity is being handed back: the ledger may have given it to the monolith.</summary>
    Returning = 2,

    /// <summary>Writes were acknowledged that the monolith's rows may not have: they are to get the newest version, and nothing takes it back.</summary>
    Lagging = 3,

    /// <summary>The entity was written since its capability is retired: the rows and the ledger are old for good, or know nothing of it.</summary>
    Parted = 4,
}
