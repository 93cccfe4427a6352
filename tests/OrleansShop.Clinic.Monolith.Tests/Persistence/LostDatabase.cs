using System.Net;
using OrleansShop.Clinic.Monolith.Tests.Hosting;
using OrleansShop.Testing.PostgreSql;
using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Persistence;

/// <summary>The database goes away under a running monolith.</summary>
public sealed class LostDatabase(PostgreSqlFixture server)
{
    [Fact]
    public async Task It_is_answered_503_until_the_database_is_back_and_health_says_so()
    {
        await using var database = await server.CreateDatabaseAsync();
        await using var monolith = await RunningMonolith.StartAsync(new Dictionary<string, string?>
        {
            ["Database:Provider"] = "PostgreSql",
            ["Database:ConnectionString"] = database.ConnectionString,
        });
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await ReadinessAsync(monolith.Http));

        await database.RefuseConnectionsAsync(refuse: true);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), await ReadinessAsync(monolith.Http));
        Assert.Equal(HttpStatusCode.OK, (await monolith.Http.GetAsync("/health/live")).Status);
        var answer = await monolith.Http.GetAsync("owners");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable", "1"), (answer.Status, answer.ProblemSlug, answer.Header("Retry-After")));

        await database.RefuseConnectionsAsync(refuse: false);
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await ReadinessAsync(monolith.Http));
        Assert.Equal(HttpStatusCode.OK, (await monolith.Http.GetAsync("owners")).Status);
    }

    private static async Task<(HttpStatusCode Status, string Text)> ReadinessAsync(ClinicClient http)
    {
        var answer = await http.GetAsync("/health/ready");
        return (answer.Status, answer.Text);
    }
}
