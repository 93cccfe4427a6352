using System.Collections.Concurrent;
using OrleansShop.Clinic.Contracts.Owners;
using OrleansShop.Clinic.Contracts.Pets;
using OrleansShop.Clinic.Contracts.Visits;

namespace OrleansShop.Clinic.Visits.Tests.Reminders;

/// <summary>Visits, pets and owners as a test says them; the grains below answer from it.</summary>
internal sealed class ClinicBook
{
    public static Pet Leo { get; } = new("Leo", new DateOnly(2020, 9, 7), new PetType("cat", 1), Id: 1, OwnerId: 6, Visits: []);

    public static Owner Jean { get; } = new("Jean", "Coleman", "105 N. Lake St.", "Monona", "6085552654", Id: 6, Pets: []);

    public ConcurrentDictionary<long, Visit> Visits { get; } = new();

    public ConcurrentDictionary<long, Pet> Pets { get; } = new() { [1] = Leo };

    public ConcurrentDictionary<long, Owner> Owners { get; } = new() { [6] = Jean };

    /// <summary>Whether asking for a visit fails.</summary>
    public bool IsAway { get; set; }
}

/// <summary>A visit from the book.</summary>
[GrainType("booked-visit")]
internal sealed class BookedVisitGrain(ClinicBook book) : Grain, IVisitGrain
{
    public Task<Visit?> GetAsync(CancellationToken cancellationToken) =>
        book.IsAway ? throw new TimeoutException("The book is away.") : Task.FromResult(book.Visits.GetValueOrDefault(this.GetPrimaryKeyLong()));

    public Task<Visit?> CreateAsync(int petId, VisitFields fields) => throw new NotSupportedException();

    public Task<bool> UpdateAsync(VisitFields fields) => throw new NotSupportedException();

    public Task<bool> DeleteAsync() => throw new NotSupportedException();
}

/// <summary>A pet from the book.</summary>
[GrainType("booked-pet")]
internal sealed class BookedPetGrain(ClinicBook book) : Grain, IPetGrain
{
    public Task<Pet?> GetAsync(CancellationToken cancellationToken) => Task.FromResult(book.Pets.GetValueOrDefault(this.GetPrimaryKeyLong()));

    public async Task<int?> GetOwnerAsync(CancellationToken cancellationToken) => (await GetAsync(cancellationToken))?.OwnerId;

    public Task<PetCreation> CreateAsync(int ownerId, PetFields fields) => throw new NotSupportedException();

    public Task<PetChange> UpdateAsync(PetFields fields) => throw new NotSupportedException();

    public Task<bool> DeleteAsync() => throw new NotSupportedException();
}

/// <summary>An owner from the book.</summary>
[GrainType("booked-owner")]
internal sealed class BookedOwnerGrain(ClinicBook book) : Grain, IOwnerGrain
{
    public Task<Owner?> GetAsync(CancellationToken cancellationToken) => Task.FromResult(book.Owners.GetValueOrDefault(this.GetPrimaryKeyLong()));

    public Task<bool> ExistsAsync(CancellationToken cancellationToken) => Task.FromResult(book.Owners.ContainsKey(this.GetPrimaryKeyLong()));

    public Task<Owner> CreateAsync(OwnerFields fields) => throw new NotSupportedException();

    public Task<bool> UpdateAsync(OwnerFields fields) => throw new NotSupportedException();

    public Task<bool> DeleteAsync() => throw new NotSupportedException();
}
