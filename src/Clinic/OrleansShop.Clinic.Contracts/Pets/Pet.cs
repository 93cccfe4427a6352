using System.Collections.Immutable;
using OrleansShop.Clinic.Contracts.Visits;

namespace OrleansShop.Clinic.Contracts.Pets;

/// <summary>A kind of animal.</summary>
[GenerateSerializer, Immutable, Alias("clinic.pet-type")]
public sealed record PetType(string Name, int Id);

/// <summary>What a client can say of a pet. Valid by the time it is one of these, but for the type, which must exist.</summary>
[GenerateSerializer, Immutable, Alias("clinic.pet-fields")]
public sealed record PetFields(string Name, DateOnly BirthDate, int TypeId);

/// <summary>A pet as clients see it, with its visits nested.</summary>
[GenerateSerializer, Immutable, Alias("clinic.pet")]
public sealed record Pet(string Name, DateOnly BirthDate, PetType Type, int Id, int OwnerId, ImmutableArray<Visit> Visits);

/// <summary>How a change of a pet ended.</summary>
public enum PetChange
{
    /// <summary>It took effect.</summary>
    Done = 0,

    /// <summary>There is no such pet.</summary>
    NoSuchPet = 1,

    /// <summary>The owner that it names does not exist.</summary>
    NoSuchOwner = 2,

    /// <summary>The pet type that it names does not exist.</summary>
    NoSuchType = 3,
}

/// <summary>How the creation of a pet ended, and the pet if it took effect.</summary>
[GenerateSerializer, Immutable, Alias("clinic.pet-creation")]
public sealed record PetCreation(PetChange Outcome, Pet? Pet);
