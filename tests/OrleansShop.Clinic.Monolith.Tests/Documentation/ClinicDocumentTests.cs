using System.Net;
using OrleansShop.Clinic.Monolith.Tests.Hosting;
using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Documentation;

public sealed class ClinicDocumentTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private const string Operations =
        """
        GET /oops failingRequest
        GET /owners listOwners
        POST /owners addOwner
        GET /v2/owners listOwnersPage
        GET /owners/{ownerId} getOwner
        PUT /owners/{ownerId} updateOwner
        DELETE /owners/{ownerId} deleteOwner
        POST /owners/{ownerId}/pets addPetToOwner
        GET /owners/{ownerId}/pets/{petId} getOwnersPet
        PUT /owners/{ownerId}/pets/{petId} updateOwnersPet
        POST /owners/{ownerId}/pets/{petId}/visits addVisitToOwner
        GET /pettypes listPetTypes
        POST /pettypes addPetType
        GET /pettypes/{petTypeId} getPetType
        PUT /pettypes/{petTypeId} updatePetType
        DELETE /pettypes/{petTypeId} deletePetType
        GET /pets listPets
        GET /v2/pets listPetsPage
        GET /pets/{petId} getPet
        PUT /pets/{petId} updatePet
        DELETE /pets/{petId} deletePet
        GET /visits listVisits
        POST /visits addVisit
        GET /visits/{visitId} getVisit
        PUT /visits/{visitId} updateVisit
        DELETE /visits/{visitId} deleteVisit
        GET /specialties listSpecialties
        POST /specialties addSpecialty
        GET /specialties/{specialtyId} getSpecialty
        PUT /specialties/{specialtyId} updateSpecialty
        DELETE /specialties/{specialtyId} deleteSpecialty
        GET /vets listVets
        POST /vets addVet
        GET /vets/{vetId} getVet
        PUT /vets/{vetId} updateVet
        DELETE /vets/{vetId} deleteVet
        POST /users addUser
        """;

    private readonly ClinicClient _http = clinic.Http;

    [Fact]
    public async Task The_document_has_every_operation_of_the_contract_and_no_other()
    {
        var document = (await _http.GetAsync("openapi/v1.json")).Json;

        var found = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation =>
            $"{operation.Key.ToUpperInvariant()} {path.Key[MonolithApplication.BasePath.Length..]} {operation.Value!["operationId"]!.GetValue<string>()}"));
        Assert.Equal(Operations.Split('\n', StringSplitOptions.TrimEntries).Order(), found.Order());
    }

    [Fact]
    public async Task An_operation_says_what_it_takes_and_answers()
    {
        var document = (await _http.GetAsync("openapi/v1.json")).Json;
        var put = document["paths"]![$"{MonolithApplication.BasePath}/owners/{{ownerId}}"]!["put"]!;

        Assert.Equal("integer", put["parameters"]![0]!["schema"]!["type"]!.GetValue<string>());
        Assert.Equal("#/components/schemas/OwnerFields", put["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"]!.GetValue<string>());
        Assert.Equal(["204", "400", "404", "413", "415"], put["responses"]!.AsObject().Select(response => response.Key).Order());
        Assert.Equal(@"^[\p{L}]+([ '-][\p{L}]+){0,2}$", document["components"]!["schemas"]!["OwnerFields"]!["properties"]!["firstName"]!["pattern"]!.GetValue<string>());
        Assert.Equal("date", document["components"]!["schemas"]!["Pet"]!["properties"]!["birthDate"]!["format"]!.GetValue<string>());
    }

    [Fact]
    public async Task Every_reference_in_the_document_leads_somewhere()
    {
        var answer = await _http.GetAsync("openapi/v1.json");
        var schemas = answer.Json["components"]!["schemas"]!.AsObject();

        foreach (var reference in System.Text.RegularExpressions.Regex.Matches(answer.Text, "\"#/components/schemas/([^\"]+)\"").Select(match => match.Groups[1].Value))
        {
            Assert.True(schemas.ContainsKey(reference), $"No schema {reference}.");
        }
    }

    [Fact]
    public async Task The_page_loads_nothing_from_elsewhere()
    {
        var page = await _http.GetAsync("docs");

        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.Status, page.MediaType));
        Assert.Contains("fetch('openapi/v1.json')", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page.Text, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none';", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }
}
