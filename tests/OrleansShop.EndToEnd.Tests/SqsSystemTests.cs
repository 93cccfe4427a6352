using OrleansShop.EndToEnd.Tests.Systems;
using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.EndToEnd.Tests;

/// <summary>The services as processes whose events go through SQS: from a booking over HTTP to the mail that reminds of it.</summary>
public sealed class SqsSystemTests(SqsFixture fixture)
{
    [Fact]
    public async Task Events_reach_their_consumer_through_SQS_before_and_after_all_processes_were_started_again()
    {
        var settings = new Dictionary<string, string> { ["CLINIC_SQS"] = await fixture.EndpointAsync(), ["Sqs__Queues"] = "2", ["VisitReminders__LeadTime"] = "4.00:00:00" };
        await using var system = await LocalSystem.StartAsync(settings: settings);
        await system.Moved.ToGrainsAsync("visits");
        var mail = system.MailFolder;

        var first = await VisitBooking.BookAsync(system.Client, petId: 1);
        await Eventually.Holds(() => HasMail(mail, first), $"the mail of visit {first} is in {mail}");
        var queues = await system.ShopctlAsync("queues", "--json");

        // The gateway knows addresses of processes that were not started: nothing is missing because of them.
        Assert.True(queues.ExitCode == 0, queues.Output);
        Assert.Contains("events-0", queues.Output, StringComparison.Ordinal);
        Assert.Contains("events-1", queues.Output, StringComparison.Ordinal);

        await system.ClinicAsync("stop");
        await system.ClinicAsync("start");
        var second = await VisitBooking.BookAsync(system.Client, petId: 2);
        await Eventually.Holds(() => HasMail(mail, second), $"the mail of visit {second} is in {mail}");
        Assert.Equal(2, Directory.GetFiles(mail, "*.eml").Length);
    }

    private static bool HasMail(string folder, int visit) => Directory.Exists(folder) && Directory.GetFiles(folder, $"visit-{visit}-*.eml").Length == 1;
}
