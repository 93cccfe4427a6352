using OrleansShop.Clinic.Contracts.Visits;

namespace OrleansShop.Clinic.Visits;

/// <summary>A visit's own fields: what the grain stores.</summary>
[GenerateSerializer, Immutable, Alias("clinic.visit-record")]
internal sealed record VisitRecord(DateOnly Date, string Description, int PetId)
{
    public VisitRecord With(VisitFields fields) => this with { Date = fields.Date ?? Date, Description = fields.Description };

    public Visit ToVisit(long id) => new(Date, Description, (int)id, PetId);
}
