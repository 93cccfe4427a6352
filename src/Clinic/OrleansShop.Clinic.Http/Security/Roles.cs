namespace OrleansShop.Clinic.Http.Security;

/// <summary>The roles of users, and the names of the policies that ask for them.</summary>
internal static class Roles
{
    /// <summary>Owners, pets, visits, and reading pet types.</summary>
    public const string OwnerAdmin = "OWNER_ADMIN";

    /// <summary>Vets, specialties, pet types.</summary>
    public const string VetAdmin = "VET_ADMIN";

    /// <summary>Users.</summary>
    public const string Admin = "ADMIN";

    /// <summary>Policy of an operation that either of the first two may do.</summary>
    public const string OwnerOrVetAdmin = "OWNER_ADMIN or VET_ADMIN";
}
