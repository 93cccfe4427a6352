using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace OrleansShop.EndToEnd.Tests.Systems;

/// <summary>Books visits over HTTP.</summary>
internal static class VisitBooking
{
    /// <summary>A date whose reminders are due at once, if the lead time is four days.</summary>
    public static string InTwoDays => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(2).ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Books a visit and returns its id.</summary>
    /// <param name="client">A client whose base address is that of the clinic's API.</param>
    /// <param name="petId">Whose visit.</param>
    /// <param name="date">The date; null for <see cref="InTwoDays"/>.</param>
    /// <param name="description">What it is for.</param>
    public static async Task<int> BookAsync(HttpClient client, int petId, string? date = null, string description = "teeth")
    {
        using var answer = await client.PostAsJsonAsync("visits", new { petId, date = date ?? InTwoDays, description });
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.GetValue<int>();
    }
}
