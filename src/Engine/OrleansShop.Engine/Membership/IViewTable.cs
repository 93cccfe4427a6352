namespace OrleansShop.Engine.Membership;

/// <summary>
/// The seam to the store of the membership table. The table is the arbiter: whatever silos believe, the order of its versions
/// is the order of views.
/// </summary>
internal interface IViewTable
{
    /// <summary>Reads all rows and the version, as of one moment after the call.</summary>
    Task<MembershipView> Read(CancellationToken cancellationToken);

    /// <summary>
    /// Adds or replaces one row on the conditions in <paramref name="write"/>; the version then grows by one. False, and nothing changed, if
    /// one of them does not hold. What renewals write is kept unless the row is new.
    /// </summary>
    Task<bool> TryWrite(TableWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Counts the silo's heartbeat up by one and stores the nonce and the acknowledgement, without changing the version, if the silo may renew and
    /// its heartbeat is the expected one. Returns what the table has of the silo then, whether or not this changed it; null if it does not have it.
    /// An attempt whose outcome is not known may take effect later.
    /// </summary>
    Task<RenewedRow?> Renew(Renewal renewal, CancellationToken cancellationToken);
}

/// <summary>A row to write, and when it may be written.</summary>
/// <param name="Row">The row.</param>
/// <param name="ExpectedVersion">The version that the table must still have.</param>
/// <param name="ExpectedHeartbeat">The heartbeat that the row must still have; null for any.</param>
internal sealed record TableWrite(MembershipRow Row, long ExpectedVersion, long? ExpectedHeartbeat = null);
