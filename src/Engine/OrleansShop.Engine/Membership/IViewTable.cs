namespace OrleansShop.Engine.Membership;

/// <summary>
/// The seam to the store of the membership table. The table is the arbiter: whatever silos believe, the order of its versions
/// is the order of views.
/// </summary>
internal interface IViewTable
{
    /// <summary>Reads all rows and the version, as of one moment.</summary>
    Task<MembershipView> Read(CancellationToken cancellationToken);

    /// <summary>
    /// Adds or replaces one row if the table still has <paramref name="expectedVersion"/>, which then grows by one.
    /// False, and nothing changed, if it has another. The row's heartbeat is kept unless the row is new.
    /// </summary>
    Task<bool> TryWrite(MembershipRow row, long expectedVersion, CancellationToken cancellationToken);

    /// <summary>
    /// Counts the silo's heartbeat up by one without changing the version.
    /// False, and nothing changed, if the table does not have the silo, or has it as dead.
    /// </summary>
    Task<bool> Beat(Orleans.Runtime.SiloAddress silo, CancellationToken cancellationToken);
}
