using System.Collections.Immutable;
using OrleansShop.Clinic.Contracts.Pets;

namespace OrleansShop.Clinic.Contracts.Owners;

/// <summary>What a client can say of an owner. Valid by the time it is one of these.</summary>
[GenerateSerializer, Immutable, Alias("clinic.owner-fields")]
public sealed record OwnerFields(string FirstName, string LastName, string Address, string City, string Telephone);

/// <summary>An owner as clients see it, with the pets and their visits nested. The members stand in the order of the JSON.</summary>
[GenerateSerializer, Immutable, Alias("clinic.owner")]
public sealed record Owner(
    string FirstName, string LastName, string Address, string City, string Telephone, int Id, ImmutableArray<Pet> Pets);
