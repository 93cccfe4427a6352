using System.Net;
using System.Text;
using OrleansShop.Clinic.Testing;
using OrleansShop.Clinic.Testing.Talking;
using Xunit;

namespace OrleansShop.Clinic.Owners.Tests;

public sealed class OwnersApiTests
{
    [Fact]
    public async Task The_service_answers_everything_about_owners_as_the_monolith_does()
    {
        await using var monolith = await ClinicUnderTest.StartAsync();
        await using var grains = await ClinicUnderTest.StartInGrainsAsync(ClinicUnderTest.Capabilities);

        await SameAnswers.AssertAsync(OwnersConversation.Requests, monolith.SendToMonolithAsync, grains.SendToServicesAsync);
    }

    [Fact]
    public async Task What_the_grains_acknowledged_is_what_the_monolith_has()
    {
        await using var twin = await ClinicUnderTest.StartAsync();
        await using var clinic = await ClinicUnderTest.StartInGrainsAsync("owners");
        foreach (var request in OwnersConversation.Requests)
        {
            await twin.SendAsync(request);
            await clinic.SendAsync(request);
        }

        await SameAnswers.AssertAsync([Request.Get("owners"), Request.Get("pets"), Request.Get("visits")], twin.SendToMonolithAsync, clinic.SendToMonolithAsync);
    }

    [Fact]
    public async Task An_answer_that_the_client_has_already_is_not_sent_again()
    {
        await using var clinic = await ClinicUnderTest.StartInGrainsAsync("owners");
        var tag = (await clinic.SendToServicesAsync(Request.Get("owners/1"))).Header("ETag");

        using var request = Request.Get("owners/1").ToMessage();
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var answer = await clinic.Services.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
    }

    [Fact]
    public async Task A_page_of_another_origin_may_call()
    {
        await using var clinic = await ClinicUnderTest.StartInGrainsAsync("owners");
        using var request = Request.Get("owners/99").ToMessage();
        request.Headers.Add("Origin", "http://localhost:4200");
        using var answer = await clinic.Services.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotFound, "http://localhost:4200"), (answer.StatusCode, answer.Headers.GetValues("Access-Control-Allow-Origin").Single()));
    }

    [Fact]
    public async Task A_service_that_does_not_own_its_capability_says_so_and_changes_nothing()
    {
        await using var clinic = await ClinicUnderTest.StartAsync();

        Request[] requests = [Request.Get("owners"), Request.Get("owners/99"), Request.Post("owners", "{}"), Request.Put("owners/1", "{}")];
        foreach (var request in requests)
        {
            Assert.Equal(HttpStatusCode.MisdirectedRequest, (await clinic.SendToServicesAsync(request)).Status);
        }

        await using var twin = await ClinicUnderTest.StartAsync();
        await SameAnswers.AssertAsync([Request.Get("owners")], twin.SendToMonolithAsync, clinic.SendToMonolithAsync);
    }

    [Fact]
    public async Task Whom_the_monolith_lets_in_the_services_let_in()
    {
        const string users = """{"username":"olga","password":"secret","roles":[{"name":"OWNER_ADMIN"}]}""";
        await using var monolith = await ClinicUnderTest.StartAsync(("Security:Enabled", "true"));
        await using var grains = await ClinicUnderTest.StartAsync(("Security:Enabled", "true"));
        foreach (var capability in ClinicUnderTest.Capabilities) await grains.ToGrainsAsync(capability);
        foreach (var clinic in new[] { monolith, grains })
        {
            Assert.Equal(HttpStatusCode.Created, (await clinic.SendToMonolithAsync(Request.Post("users", users) with { Authorization = Basic("admin", "admin") })).Status);
        }

        string?[] credentials = [null, "Basic", "Basic !", "Bearer x", Basic("admin", "admin"), Basic("admin", "wrong"), Basic("nobody", "admin"), Basic("olga", "secret"), Basic("olga", "")];
        Request[] requests =
        [
            Request.Get("owners/1"), Request.Post("owners", "{}"), Request.Get("pets/1"), Request.Get("pettypes"), Request.Post("pettypes", "{}"),
            Request.Get("vets"), Request.Delete("specialties/99"), Request.Get("visits/1"), Request.Get("nothing"), new("PATCH", "owners/1"),
        ];
        await SameAnswers.AssertAsync(
            from request in requests from credential in credentials select request with { Authorization = credential },
            monolith.SendToMonolithAsync,
            grains.SendToServicesAsync);
    }

    [Fact]
    public async Task Without_the_bridge_reads_go_on_and_writes_are_told_to_wait()
    {
        await using var clinic = await ClinicUnderTest.StartInGrainsAsync(ClinicUnderTest.Capabilities);
        var before = await clinic.SendToServicesAsync(Request.Get("owners/6"));
        await clinic.StopBridgeAsync();

        var write = await clinic.SendToServicesAsync(Request.Put("owners/1", """{"firstName":"Ada","lastName":"Lovelace","address":"x","city":"y","telephone":"1"}"""));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (write.Status, write.Header("Retry-After")));
        Assert.Equal(before.Visible(), (await clinic.SendToServicesAsync(Request.Get("owners/6"))).Visible());
        Assert.Equal(HttpStatusCode.OK, (await clinic.SendToServicesAsync(Request.Get("owners"))).Status);
    }

    private static string Basic(string username, string password) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}"))}";
}
