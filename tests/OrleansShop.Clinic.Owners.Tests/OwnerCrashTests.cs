using System.Net;
using System.Text.Json.Nodes;
using OrleansShop.Clinic.Testing;
using OrleansShop.Clinic.Testing.Crashing;
using OrleansShop.Clinic.Testing.Talking;
using Xunit;

namespace OrleansShop.Clinic.Owners.Tests;

/// <summary>A process that is lost in the middle of a write, and what is there when it comes back.</summary>
public sealed class OwnerCrashTests
{
    private const int NewId = 11;
    private static readonly TimeSpan AfterMarksHaveGrownOld = TimeSpan.FromMinutes(1);

    /// <summary>Every step, and whether the write has taken effect when it is reached: from the moment that the state is stored.</summary>
    public static TheoryData<WriteStep, bool> Steps => new()
    {
        { WriteStep.BeforeMark, false },
        { WriteStep.AfterMark, false },
        { WriteStep.BeforeStore, false },
        { WriteStep.AfterStore, true },
        { WriteStep.BeforeApply, true },
        { WriteStep.AfterApply, true },
        { WriteStep.BeforeCommit, true },
        { WriteStep.AfterCommit, true },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_change_is_whole_or_not_there_and_what_was_acknowledged_before_it_stays(WriteStep step, bool hasTakenEffect)
    {
        await using var clinic = await StartAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await clinic.SendAsync(Request.Put("owners/1", Fields("Acknowledged")))).Status);

        await CrashAsync(clinic, step, Request.Put("owners/1", Fields("Interrupted")));

        await AssertLastNameAsync(clinic, id: 1, hasTakenEffect ? "Interrupted" : "Acknowledged");
        Assert.Equal(HttpStatusCode.NoContent, (await clinic.SendAsync(Request.Put("owners/1", Fields("Later")))).Status);
        await AssertLastNameAsync(clinic, id: 1, "Later");
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_new_owner_is_whole_or_not_there(WriteStep step, bool hasTakenEffect)
    {
        await using var clinic = await StartAsync();

        await CrashAsync(clinic, step, Request.Post("owners", Fields("Interrupted")));

        await AssertLastNameAsync(clinic, NewId, hasTakenEffect ? "Interrupted" : null);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_deletion_is_whole_or_not_there(WriteStep step, bool hasTakenEffect)
    {
        await using var clinic = await StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await clinic.SendAsync(Request.Post("owners", Fields("Acknowledged")))).Status);

        await CrashAsync(clinic, step, Request.Delete($"owners/{NewId}"));

        await AssertLastNameAsync(clinic, NewId, hasTakenEffect ? null : "Acknowledged");
    }

    [Theory]
    [InlineData(WriteStep.AfterMark)]
    [InlineData(WriteStep.AfterStore)]
    [InlineData(WriteStep.AfterApply)]
    [InlineData(WriteStep.AfterCommit)]
    public async Task A_deletion_with_pets_and_visits_goes_on_where_it_was_cut_off(WriteStep step)
    {
        await using var clinic = await ClinicUnderTest.StartInGrainsAsync(ClinicUnderTest.Capabilities);
        await CrashAsync(clinic, step, Request.Delete("owners/6"));

        Assert.Equal(HttpStatusCode.NoContent, (await clinic.SendAsync(Request.Delete("owners/6"))).Status);

        foreach (var gone in new[] { "owners/6", "pets/7", "pets/8", "visits/1", "visits/2", "visits/3", "visits/4" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await clinic.SendToServicesAsync(Request.Get(gone))).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await clinic.SendToMonolithAsync(Request.Get(gone))).Status);
        }

        await SameAnswers.AssertAsync(
            [Request.Get("owners"), Request.Get("pets"), Request.Get("visits")], clinic.SendToMonolithAsync, clinic.SendToServicesAsync);
    }

    private static Task<ClinicUnderTest> StartAsync() => ClinicUnderTest.StartInGrainsAsync("owners");

    private static async Task CrashAsync(ClinicUnderTest clinic, WriteStep step, Request write)
    {
        var crash = new CrashPoint();
        await clinic.RestartServicesAsync(crash);

        // A grain that comes back settles its last write first; the process is to be lost in the next one.
        await clinic.SendAsync(Request.Get(write.Path));
        crash.Step = step;

        var answer = await clinic.SendAsync(write);

        Assert.True(crash.IsReached);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        await clinic.RestartServicesAsync(time: new LaterTime(AfterMarksHaveGrownOld));
    }

    /// <summary>The list, which is asked first, the owner itself, the search and the monolith say the same.</summary>
    private static async Task AssertLastNameAsync(ClinicUnderTest clinic, int id, string? lastName)
    {
        var list = await clinic.SendToServicesAsync(Request.Get("owners"));
        var alone = await clinic.SendToServicesAsync(Request.Get($"owners/{id}"));
        var found = await clinic.SendToServicesAsync(Request.Get($"owners?lastName={lastName ?? "Interrupted"}"));
        var monolith = await clinic.SendToMonolithAsync(Request.Get($"owners/{id}"));

        Assert.Equal(lastName, LastNameIn(list, id));
        Assert.Equal(lastName, LastNameIn(found, id));
        Assert.Equal((lastName, lastName is null ? HttpStatusCode.NotFound : HttpStatusCode.OK), (alone.Json!["lastName"]?.GetValue<string>(), alone.Status));
        Assert.Equal(monolith.Visible(), alone.Visible());
    }

    private static string? LastNameIn(Answer list, int id) =>
        Assert.IsType<JsonArray>(list.Json).SingleOrDefault(owner => owner!["id"]!.GetValue<int>() == id)?["lastName"]!.GetValue<string>();

    private static string Fields(string lastName) => $$"""{"firstName":"Ada","lastName":"{{lastName}}","address":"12 St James","city":"London","telephone":"5551234"}""";
}
