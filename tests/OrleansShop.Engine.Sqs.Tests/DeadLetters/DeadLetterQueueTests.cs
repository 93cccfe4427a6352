using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.DeadLetters;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Testing.Faults;
using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.DeadLetters;

public sealed class DeadLetterQueueTests(SqsFixture fixture) : IAsyncLifetime
{
    private FaultProxy _proxy = null!;
    private SqsClient _client = null!;
    private TestQueue _source = null!;
    private TestQueue _dead = null!;
    private TestQueue _fifo = null!;
    private TestQueue _deadFifo = null!;

    public async ValueTask InitializeAsync()
    {
        _proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        _client = TestQueue.Open(_proxy.Endpoint, static options => options.GiveUpAfter = TimeSpan.Zero);
        _source = await TestQueue.CreateAsync(fixture);
        _dead = await TestQueue.CreateAsync(fixture);
        _fifo = await TestQueue.CreateAsync(fixture, isFifo: true);
        _deadFifo = await TestQueue.CreateAsync(fixture, isFifo: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(25)]
    public async Task All_letters_are_listed_once_and_given_back(int count)
    {
        await FillAsync(_dead, count);

        var list = await Letters(_dead).ListAsync(DeadLetterFilter.All, 100, CancellationToken.None);

        Assert.Equal((count, true), (list.Examined, list.IsComplete));
        Assert.Equal(Bodies(count), list.Messages.Select(static one => one.Body).Order());
        await HasAsync(_dead, waiting: count);
    }

    [Fact]
    public async Task A_filter_says_which_and_a_number_how_many()
    {
        await FillAsync(_dead, 12);
        var all = (await Letters(_dead).ListAsync(DeadLetterFilter.All, 100, CancellationToken.None)).Messages;

        var odd = await Letters(_dead).ListAsync(OfKind("odd"), 100, CancellationToken.None);
        Assert.Equal((6, 12, true), (odd.Messages.Count, odd.Examined, odd.IsComplete));
        var three = await Letters(_dead).ListAsync(OfKind("odd"), 3, CancellationToken.None);
        Assert.Equal((3, false), (three.Messages.Count, three.IsComplete));
        Assert.All(three.Messages, static one => Assert.Equal("odd", one.Attributes["kind"]));
        Assert.Equal(all[7].Body, (await Letters(_dead).ShowAsync(all[7].Id, CancellationToken.None))!.Body);
        Assert.Null(await Letters(_dead).ShowAsync("no such id", CancellationToken.None));
        await HasAsync(_dead, waiting: 12);
    }

    [Fact]
    public void A_letter_fits_when_everything_that_is_said_fits()
    {
        var sent = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var letter = new SqsMessage(
            "id", "receipt", "body", new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" }, new Dictionary<string, string>(),
            new SqsSystemAttributes(1, sent) { GroupId = "g", All = new Dictionary<string, string>() });
        var fitting = new DeadLetterFilter
        {
            Attributes = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" },
            MessageIds = new HashSet<string> { "id", "other" },
            GroupId = "g",
            SentFrom = sent,
            SentBefore = sent.AddTicks(1),
        };

        Assert.True(DeadLetterFilter.All.Fits(letter));
        Assert.True(fitting.Fits(letter));
        Assert.False((fitting with { Attributes = new Dictionary<string, string> { ["a"] = "2" } }).Fits(letter));
        Assert.False((fitting with { Attributes = new Dictionary<string, string> { ["c"] = "1" } }).Fits(letter));
        Assert.False((fitting with { MessageIds = new HashSet<string>() }).Fits(letter));
        Assert.False((fitting with { GroupId = "h" }).Fits(letter));
        Assert.False((fitting with { SentFrom = sent.AddTicks(1) }).Fits(letter));
        Assert.False((fitting with { SentBefore = sent }).Fits(letter));
    }

    [Fact]
    public async Task Redriven_letters_are_where_they_came_from_with_all_they_had_and_the_others_stay()
    {
        await FillAsync(_dead, 23);
        await _dead.Client.SendAsync(_dead.Url, new SqsOutgoing("typed")
        {
            Attributes = new Dictionary<string, string> { ["kind"] = "odd", ["count"] = "7", ["raw"] = "AQID" },
            AttributeTypes = new Dictionary<string, string> { ["count"] = "Number", ["raw"] = "Binary" },
        });

        var outcome = await Letters(_dead).RedriveAsync(OfKind("odd"), _source.Url, 100, CancellationToken.None);

        Assert.Equal((12, 24, true), (outcome.Done, outcome.Examined, outcome.IsComplete));
        Assert.Empty(outcome.Failures);
        await HasAsync(_dead, waiting: 12);
        await HasAsync(_source, waiting: 12);
        var received = await _source.ReceiveAsync(12);
        Assert.All(received, static one => Assert.Equal("odd", one.Attributes["kind"]));
        var typed = Assert.Single(received, static one => one.Body == "typed");
        Assert.Equal(("7", "Number", "AQID", "Binary"), (typed.Attributes["count"], typed.AttributeTypes["count"], typed.Attributes["raw"], typed.AttributeTypes["raw"]));
    }

    [Fact]
    public async Task No_more_are_redriven_than_are_asked_for()
    {
        await FillAsync(_dead, 15);

        var outcome = await Letters(_dead).RedriveAsync(DeadLetterFilter.All, _source.Url, 4, CancellationToken.None);

        Assert.Equal((4, false), (outcome.Done, outcome.IsComplete));
        await HasAsync(_dead, waiting: 11);
        await HasAsync(_source, waiting: 4);
    }

    [Fact]
    public async Task Letters_that_name_their_source_go_back_there()
    {
        await FillAsync(_dead, 2);
        _proxy.PlanAlways("ReceiveMessage", async (_, forward) =>
        {
            var answer = await forward();
            var arn = $"arn:aws:sqs:us-east-1:000000000000:{_source.Name}";
            return answer with { Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(answer.Body).Replace("\"SenderId\"", $"\"DeadLetterQueueSourceArn\":\"{arn}\",\"SenderId\"", StringComparison.Ordinal)) };
        });

        var outcome = await Letters(_dead).RedriveAsync(DeadLetterFilter.All, null, 100, CancellationToken.None);

        Assert.Equal(2, outcome.Done);
        await HasAsync(_source, waiting: 2);
        Assert.Equal(1, _proxy.Calls["GetQueueUrl"]);
    }

    [Fact]
    public async Task Letters_that_do_not_name_their_source_stay_and_say_so()
    {
        await FillAsync(_dead, 2);

        var outcome = await Letters(_dead).RedriveAsync(DeadLetterFilter.All, null, 100, CancellationToken.None);

        Assert.Equal((0, 2), (outcome.Done, outcome.Failures.Count));
        Assert.All(outcome.Failures, static failure => Assert.Contains("Name the queue", failure.Error.Message, StringComparison.Ordinal));
        await HasAsync(_dead, waiting: 2);
    }

    [Fact]
    public async Task What_cannot_be_sent_stays_and_the_others_go()
    {
        await FillAsync(_dead, 5);
        _proxy.Plan("SendMessageBatch", static async (_, forward) =>
        {
            var answer = Encoding.UTF8.GetString((await forward()).Body);
            return new ProxiedAnswer(HttpStatusCode.OK, "application/x-amz-json-1.0", Encoding.UTF8.GetBytes(
                System.Text.RegularExpressions.Regex.Replace(answer, """\{"Id":"2",[^}]*\},?""", "").Replace("\"Failed\":[]", """ "Failed":[{"Id":"2","SenderFault":true,"Code":"InvalidMessageContents"}]""", StringComparison.Ordinal)));
        });

        var outcome = await Letters(_dead).RedriveAsync(DeadLetterFilter.All, _source.Url, 100, CancellationToken.None);

        Assert.Equal(4, outcome.Done);
        Assert.Equal((SqsFailure.MessageInvalid, false), (Assert.Single(outcome.Failures).Error.Failure, outcome.Failures[0].WasSent));
        await HasAsync(_dead, waiting: 1);
    }

    [Fact]
    public async Task A_target_that_there_is_not_loses_nothing_and_is_asked_once()
    {
        await FillAsync(_dead, 25);

        var outcome = await Letters(_dead).RedriveAsync(DeadLetterFilter.All, $"{_source.Url}-not", 100, CancellationToken.None);

        Assert.Equal((0, false), (outcome.Done, outcome.IsComplete));
        Assert.All(outcome.Failures, static failure => Assert.Equal(SqsFailure.QueueMissing, failure.Error.Failure));
        Assert.Equal(1, _proxy.Calls["SendMessageBatch"]);
        await HasAsync(_dead, waiting: 25);
    }

    [Fact]
    public async Task When_it_dies_after_sending_nothing_is_lost_and_fifo_has_it_once()
    {
        foreach (var (dead, source) in new[] { (_dead, _source), (_deadFifo, _fifo) })
        {
            await FillAsync(dead, 3, groups: 1);
            _proxy.Plan("DeleteMessageBatch", static (_, _) => Task.FromResult<ProxiedAnswer?>(null));
            var died = await Letters(dead).RedriveAsync(DeadLetterFilter.All, source.Url, 100, CancellationToken.None);
            Assert.All(died.Failures, static failure => Assert.True(failure.WasSent));
            await HasAsync(dead, waiting: 3);

            while ((await Letters(dead).RedriveAsync(DeadLetterFilter.All, source.Url, 100, CancellationToken.None)).Done > 0)
            {
                // Of a FIFO queue each walk gets what the one before it held back.
            }

            await HasAsync(dead, waiting: 0);
        }

        // The three of the first walk are there twice.
        Assert.Equal(6, (await _source.Client.GetQueueAttributesAsync(_source.Url)).Waiting);
        Assert.Equal(3, (await _fifo.Client.GetQueueAttributesAsync(_fifo.Url)).Waiting);
    }

    [Fact]
    public async Task A_fifo_letter_is_delivered_although_its_own_deduplication_id_was_used_a_moment_ago()
    {
        // As when it failed at once: the same id was sent to the source less than five minutes ago, and was taken and deleted there.
        var original = new SqsOutgoing("x") { GroupId = "g", DeduplicationId = "event-1" };
        await _fifo.Client.SendAsync(_fifo.Url, original);
        await _fifo.Client.DeleteAsync(_fifo.Url, Assert.Single(await _fifo.ReceiveAsync(1)).ReceiptHandle);
        await _deadFifo.Client.SendAsync(_deadFifo.Url, original);

        Assert.Equal(1, (await Letters(_deadFifo).RedriveAsync(DeadLetterFilter.All, _fifo.Url, 10, CancellationToken.None)).Done);

        var again = Assert.Single(await _fifo.ReceiveAsync(1));
        Assert.Equal(("x", "g"), (again.Body, again.SystemAttributes.GroupId));
        Assert.NotEqual("event-1", again.SystemAttributes.DeduplicationId);
    }

    [Fact]
    public async Task Fifo_letters_keep_the_order_of_their_group()
    {
        await FillAsync(_deadFifo, 20, groups: 4);

        var outcome = await Letters(_deadFifo).RedriveAsync(DeadLetterFilter.All, _fifo.Url, 100, CancellationToken.None);

        Assert.Equal(20, outcome.Done);
        Dictionary<string, List<string>> byGroup = [];
        for (var received = 0; received < 20;)
        {
            var some = await _fifo.ReceiveAsync(1);
            foreach (var one in some) (byGroup.TryGetValue(one.SystemAttributes.GroupId!, out var list) ? list : byGroup[one.SystemAttributes.GroupId!] = []).Add(one.Body);
            await _fifo.Client.DeleteBatchAsync(_fifo.Url, [.. some.Select(static one => one.ReceiptHandle)]);
            received += some.Count;
        }

        Assert.Equal(4, byGroup.Count);
        Assert.All(byGroup.Values, static bodies => Assert.Equal(bodies.Order(), bodies));
    }

    [Fact]
    public async Task A_fifo_letter_that_does_not_fit_holds_back_those_behind_it()
    {
        await _deadFifo.Client.SendBatchAsync(_deadFifo.Url, [Letter("stays", "even", "g"), Letter("fits", "odd", "g"), Letter("free", "odd", "h")]);

        var outcome = await Letters(_deadFifo).RedriveAsync(OfKind("odd"), _fifo.Url, 100, CancellationToken.None);

        Assert.Equal((1, 2), (outcome.Done, outcome.Examined));
        Assert.Equal("free", Assert.Single(await _fifo.ReceiveAsync(1)).Body);
        await HasAsync(_deadFifo, waiting: 2);
    }

    [Fact]
    public async Task Letters_that_fit_are_deleted()
    {
        await FillAsync(_dead, 13);

        var outcome = await Letters(_dead).DeleteAsync(OfKind("even"), 100, CancellationToken.None);

        Assert.Equal((7, 13, true), (outcome.Done, outcome.Examined, outcome.IsComplete));
        await HasAsync(_dead, waiting: 6);
        Assert.All(await _dead.ReceiveAsync(6), static one => Assert.Equal("odd", one.Attributes["kind"]));
    }

    [Fact]
    public async Task All_of_them_are_deleted_in_one_call()
    {
        await FillAsync(_dead, 13);

        await Letters(_dead).PurgeAsync(CancellationToken.None);

        await HasAsync(_dead, waiting: 0);
    }

    [Fact]
    public async Task Who_cancels_gets_the_letters_visible_again()
    {
        await FillAsync(_dead, 20);
        using var cancel = new CancellationTokenSource();
        _proxy.Plan("ReceiveMessage", static async (_, forward) => await forward());
        _proxy.Plan("ReceiveMessage", async (_, forward) =>
        {
            var answer = await forward();
            await cancel.CancelAsync();
            return answer;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Letters(_dead).ListAsync(DeadLetterFilter.All, 100, cancel.Token));

        // Those whose answer was never read come back by themselves; the ten that were read are given back.
        Assert.True((await _dead.Client.GetQueueAttributesAsync(_dead.Url)).Waiting >= 10);
    }

    [Fact]
    public async Task Letters_that_cannot_be_given_back_are_no_failure_of_the_list()
    {
        await FillAsync(_dead, 3);
        _proxy.RefuseAlways("ChangeMessageVisibilityBatch", "AccessDeniedException");

        Assert.Equal(3, (await Letters(_dead).ListAsync(DeadLetterFilter.All, 10, CancellationToken.None)).Messages.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(DeadLetterQueue.MostExamined + 1)]
    public async Task A_number_out_of_range_is_refused(int most)
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Letters(_dead).ListAsync(DeadLetterFilter.All, most, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Letters(_dead).RedriveAsync(DeadLetterFilter.All, null, most, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Letters(_dead).DeleteAsync(DeadLetterFilter.All, most, CancellationToken.None));
    }

    [Fact]
    public async Task A_queue_that_there_is_not_is_named() => Assert.Equal(
        SqsFailure.QueueMissing,
        (await Assert.ThrowsAsync<SqsException>(() => new DeadLetterQueue(_client, $"{_dead.Url}-not", NullLogger<DeadLetterQueue>.Instance).ListAsync(DeadLetterFilter.All, 1, CancellationToken.None))).Failure);

    public async ValueTask DisposeAsync()
    {
        foreach (var queue in new[] { _source, _dead, _fifo, _deadFifo }) await queue.DisposeAsync();
        _client.Dispose();
        await _proxy.DisposeAsync();
    }

    private DeadLetterQueue Letters(TestQueue queue) => new(_client, queue.Url, NullLogger<DeadLetterQueue>.Instance);

    private static DeadLetterFilter OfKind(string kind) => new() { Attributes = new Dictionary<string, string> { ["kind"] = kind } };

    private static SqsOutgoing Letter(string body, string kind, string? group) =>
        new(body) { Attributes = new Dictionary<string, string> { ["kind"] = kind }, GroupId = group, DeduplicationId = group is null ? null : $"d-{body}" };

    private static async Task FillAsync(TestQueue queue, int count, int groups = 0)
    {
        var isFifo = queue.Name.EndsWith(".fifo", StringComparison.Ordinal);
        var sent = await queue.Client.SendBatchAsync(queue.Url, [.. Enumerable.Range(0, count).Select(number =>
            Letter($"letter {number:D3}".Replace(' ', '-'), number % 2 == 0 ? "even" : "odd", isFifo ? $"g{number % groups}" : null))]);
        Assert.All(sent, static one => Assert.True(one.IsSent));
    }

    private static IEnumerable<string> Bodies(int count) => Enumerable.Range(0, count).Select(static number => $"letter-{number:D3}");

    private static Task HasAsync(TestQueue queue, int waiting) => Eventually.Holds(
        async () => await queue.Client.GetQueueAttributesAsync(queue.Url) is var described && (described.Waiting, described.InFlight) == (waiting, 0L), $"{waiting} messages wait in {queue.Name}");
}
