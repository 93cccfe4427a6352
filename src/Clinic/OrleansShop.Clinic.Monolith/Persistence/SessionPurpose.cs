namespace OrleansShop.Clinic.Monolith.Persistence;

internal enum SessionPurpose
{
    Read,
    Write,

    /// <summary>A write that no other process may overlap: bringing the schema up to date.</summary>
    Upgrade,
}
