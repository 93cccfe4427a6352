using System.Diagnostics;
using System.Globalization;
using OrleansShop.Engine.Processes.Tests.Events;
using OrleansShop.Testing.Sqs;
using Xunit;

[assembly: AssemblyFixture(typeof(SqsFixture))]

namespace OrleansShop.Engine.Processes.Tests;

/// <summary>
/// Two services as processes talk by events over SQS, while silos are killed, one delivery in twenty fails, and some events can be taken by nobody.
/// The environment variable ORLEANSSHOP_TEST_EVENTS says how many events are published, instead of 20,000.
/// </summary>
public sealed class SqsStreamsUnderFaultsTests(SqsFixture fixture, ITestOutputHelper output)
{
    private const string EventsVariable = "ORLEANSSHOP_TEST_EVENTS";
    private const int Streams = 50;
    private const int FewestKills = 2;

    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static readonly int EventsOfStream = int.Parse(Environment.GetEnvironmentVariable(EventsVariable) ?? "20000", CultureInfo.InvariantCulture) / Streams;
    private static readonly List<string> StreamKeys = [.. Enumerable.Range(0, Streams).Select(static number => number.ToString(CultureInfo.InvariantCulture))];
    private static readonly List<string> PoisonedStreams = [.. StreamKeys.Where(static stream => Enumerable.Range(0, EventsOfStream).Any(number => Orders.IsPoison(stream, number)))];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_event_is_taken_or_among_the_dead_letters_which_can_be_sent_again(bool isFifo)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var services = await EventServices.StartAsync(await fixture.EndpointAsync(), isFifo, seed);
        var desk = services.Client.GetGrain<IOrderDeadLettersGrain>(0);

        var startedAt = Stopwatch.GetTimestamp();
        var publishing = Task.WhenAll(StreamKeys.Select(stream => PublishAll(services, stream)));
        var killing = KillSomeAsync(services, publishing);
        await publishing;
        output.WriteLine($"{Streams * EventsOfStream} events published in {Stopwatch.GetElapsedTime(startedAt).TotalSeconds:F1} s");
        await killing;

        // All but the poisonous ones.
        await Eventually(services, () => Missing(services, static order => !Orders.IsPoison(order.Stream, order.Number)) == 0, "all events are taken");
        output.WriteLine($"taken in {Stopwatch.GetElapsedTime(startedAt).TotalSeconds:F1} s");
        List<DeadOrder> dead = [];
        await Eventually(services, async () => (dead = await desk.List()).Select(static letter => letter.Stream).Distinct().Count() >= PoisonedStreams.Count, "the poisonous events are among the dead letters");
        Assert.Equal(PoisonedStreams, dead.Select(static letter => letter.Stream).Distinct().OrderBy(static stream => int.Parse(stream, CultureInfo.InvariantCulture)));
        Assert.All(dead, static letter =>
        {
            Assert.Contains("NotSupportedException", letter.Failure, StringComparison.Ordinal);
            Assert.Contains("a sum that is no number", letter.Failure, StringComparison.Ordinal);
            Assert.Contains("order", letter.GrainType, StringComparison.OrdinalIgnoreCase);
            Assert.True(letter.Attempts >= 5, $"{letter.Attempts} attempts");
        });
        if (isFifo) Assert.All(StreamKeys, stream => AssertOrdered(services, stream));

        var killedAt = await killing;
        output.WriteLine($"{killedAt.Count} silos were killed, and {CountRepeated(services, killedAt)} events were taken more than once");

        services.Mend();
        Assert.Equal(dead.Count, await Testing.Waiting.Eventually.Gets(desk.Redrive, static _ => false));
        await Eventually(services, () => Missing(services, static _ => true) == 0, "the poisonous events are taken after all");
        await Eventually(services, async () => (await desk.List()).Count == 0, "no dead letter is left");
    }

    private static async Task PublishAll(EventServices services, string stream)
    {
        var publisher = services.Client.GetGrain<IOrderPublisherGrain>(stream);
        for (var number = 0; number < EventsOfStream; number++)
        {
            // A call to a silo that dies has an unknown outcome: it is repeated, as applications do. The event has the same id then.
            await Testing.Waiting.Eventually.Gets(
                async () =>
                {
                    await publisher.Publish(number);
                    return true;
                },
                static failure => failure is SiloUnavailableException or TimeoutException);
        }
    }

    // Returns when each of them was killed.
    private static async Task<List<DateTime>> KillSomeAsync(EventServices services, Task until)
    {
        List<DateTime> killedAt = [];
        while (killedAt.Count < FewestKills || !until.IsCompleted)
        {
            await Task.WhenAny(until, Task.Delay(BetweenKills));
            killedAt.Add(TimeProvider.System.GetUtcNow().UtcDateTime);
            await services.KillOneAsync();
        }

        return killedAt;
    }

    // What was taken comes again only if a silo died, its agent's or its consumer's, before the queue heard of it.
    private static int CountRepeated(EventServices services, List<DateTime> killedAt)
    {
        var repeated = services.Taken.GroupBy(static line => (line.Grain, line.Text)).Where(static times => times.Count() > 1).ToList();
        foreach (var times in repeated)
        {
            foreach (var (first, second) in times.Zip(times.Skip(1)))
                Assert.True(killedAt.Any(at => at > first.At - TimeSpan.FromSeconds(1) && at < second.At), $"{times.Key} was taken at {first.At:O} and at {second.At:O}, and no silo died between.");
        }

        return repeated.Count;
    }

    private static int Missing(EventServices services, Func<Order, bool> isWanted)
    {
        var taken = services.Taken.Select(static line => (line.Grain, line.Text)).ToHashSet();
        return StreamKeys.SelectMany(static stream => Enumerable.Range(0, EventsOfStream).Select(number => new Order(stream, number)))
            .Count(order => isWanted(order) && !taken.Contains((order.Stream, order.Number.ToString(CultureInfo.InvariantCulture))));
    }

    // What comes again goes back; forward it goes by one, or over an event that is among the dead letters.
    private static void AssertOrdered(EventServices services, string stream)
    {
        var last = -1;
        foreach (var number in services.Taken.Where(line => line.Grain == stream).Select(static line => int.Parse(line.Text, CultureInfo.InvariantCulture)))
        {
            var next = Orders.IsPoison(stream, last + 1) ? last + 2 : last + 1;
            Assert.True(number <= next, $"Stream {stream}: {number} was taken after {last}.");
            last = Math.Max(last, number);
        }
    }

    private static Task Eventually(EventServices services, Func<bool> condition, string what) => Eventually(services, () => Task.FromResult(condition()), what);

    private static async Task Eventually(EventServices services, Func<Task<bool>> condition, string what)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(since) > Patience) throw new TimeoutException($"Not within {Patience.TotalSeconds} s: {what}. The processes printed:\n{services.Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }
}
