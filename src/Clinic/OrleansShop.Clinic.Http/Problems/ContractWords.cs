namespace OrleansShop.Clinic.Http.Problems;

/// <summary>What the texts of the contract call each kind of thing.</summary>
internal static class ContractWords
{
    public const string Owner = "Owner";
    public const string Pet = "Pet";
    public const string PetType = "Pet type";
    public const string Vet = "Vet";
    public const string Specialty = "Specialty";
    public const string Visit = "Visit";
}
