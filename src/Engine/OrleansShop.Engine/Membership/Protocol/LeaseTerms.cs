namespace OrleansShop.Engine.Membership.Protocol;

/// <summary>How long leases run. The same in every silo of a cluster.</summary>
/// <param name="Duration">How long a renewal lasts, from before it was sent, by the clock of the silo that has the lease.</param>
/// <param name="RenewalPeriod">How often it is renewed.</param>
internal sealed record LeaseTerms(TimeSpan Duration, TimeSpan RenewalPeriod)
{
    /// <summary>How much faster one silo's clock may run than another's, as a share.</summary>
    public const double MaxDrift = 0.01;

    /// <summary>How long another silo's heartbeat must stand still, by the clock of the silo that watches it, until its lease has certainly run out.</summary>
    public TimeSpan DeadAfter => Duration * (1 + MaxDrift);
}
