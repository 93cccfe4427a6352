namespace OrleansShop.Strangler.Phases;

/// <summary>
/// Where a capability stands, as this process knows it. It may be a moment old, which is harmless: the ledger decides, and refuses what an older phase has asked for. Thread-safe.
/// </summary>
public interface ICapabilityView
{
    /// <summary>Where the capability stands.</summary>
    ValueTask<CapabilityStatus> GetAsync();

    /// <summary>Forgets what is known, so that the next call asks. For those who have met a sign that it is old.</summary>
    void Refresh();
}
