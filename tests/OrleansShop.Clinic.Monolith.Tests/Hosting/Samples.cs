using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Hosting;

/// <summary>Valid bodies, and objects that a test creates for itself.</summary>
internal static class Samples
{
    public static object Owner(string lastName = "Sample", string firstName = "Ann") =>
        new { firstName, lastName, address = "1 Main St.", city = "Madison", telephone = "6085550000" };

    public static object Pet(string name = "Rex", int typeId = 2, string birthDate = "2020-02-29") => new { name, birthDate, type = new { id = typeId, name = "dog" } };

    public static object Visit(string description = "check-up", string date = "2024-05-06") => new { date, description };

    public static async Task<int> AddOwnerAsync(this ClinicClient http, string lastName = "Sample") => await IdOfAsync(http.PostAsync("owners", Owner(lastName)));

    public static async Task<int> AddPetAsync(this ClinicClient http, int ownerId, string name = "Rex", int typeId = 2) =>
        await IdOfAsync(http.PostAsync($"owners/{ownerId}/pets", Pet(name, typeId)));

    public static async Task<int> AddVisitAsync(this ClinicClient http, int petId) =>
        await IdOfAsync(http.PostAsync("visits", new { date = "2024-05-06", description = "check-up", petId }));

    public static async Task<int> AddPetTypeAsync(this ClinicClient http, string name) => await IdOfAsync(http.PostAsync("pettypes", new { name }));

    public static async Task<int> AddSpecialtyAsync(this ClinicClient http, string name) => await IdOfAsync(http.PostAsync("specialties", new { name }));

    private static async Task<int> IdOfAsync(Task<Answer> creation)
    {
        var answer = await creation;
        Assert.Equal(System.Net.HttpStatusCode.Created, answer.Status);
        return answer.Id;
    }
}
