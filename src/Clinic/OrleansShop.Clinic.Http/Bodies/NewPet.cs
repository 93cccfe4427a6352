namespace OrleansShop.Clinic.Http.Bodies;

/// <summary>A pet as a valid request describes it; whether the type exists is not known yet.</summary>
internal sealed record NewPet(string Name, DateOnly BirthDate, int TypeId);
