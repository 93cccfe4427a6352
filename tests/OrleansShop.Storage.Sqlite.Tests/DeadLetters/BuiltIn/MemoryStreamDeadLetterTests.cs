using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;
using Orleans.Streams.Core;
using Orleans.TestingHost;
using OrleansShop.Engine.Streams.DeadLetters;
using OrleansShop.Engine.Streams.Memory;
using OrleansShop.Engine.Streams.Monitoring;
using OrleansShop.Storage.Sqlite.DeadLetters;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Storage.Sqlite.Tests.DeadLetters;

/// <summary>Streams in memory whose dead letters are in a file: what operators do with them, over several silos.</summary>
public sealed class MemoryStreamDeadLetterTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stream-letters-");
    private readonly string _name = Guid.NewGuid().ToString("N");

    private StreamId Stream => StreamId.Create("letters", _name);

    private DeadLetterFilter Ours => new() { StreamKey = _name };

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return default;
    }

    [Fact]
    public async Task A_dead_letter_outlives_the_cluster_is_shown_with_its_payload_and_is_sent_again_to_the_one_that_failed_alone()
    {
        string id;
        Takers.Poison[_name] = "poison";
        await using (var cluster = await Start(2))
        {
            foreach (var text in (string[])["before", "poison", "after"])
                await Publish(cluster, text);
            await Eventually.Holds(() => Takers.Of("weak", _name).Count == 2 && Takers.Of("strong", _name).Count == 3, "both went on");
            Assert.Equal(["before", "after"], Takers.Of("weak", _name));
            Assert.Equal(["before", "poison", "after"], Takers.Of("strong", _name));
            id = Assert.Single((await Store(cluster).ListAsync(Ours, after: null, limit: 10, default)).Letters).Id;
        }

        await using var next = await Start(2);
        var letter = await Store(next).FindAsync(id, default);

        Assert.NotNull(letter);
        Assert.Equal((Stream, 5, "poison cannot be taken"), (letter.Reason.Stream, letter.Reason.Attempts, letter.Reason.ExceptionMessage));
        Assert.Equal(("weak", typeof(InvalidOperationException).FullName), (letter.Reason.Consumer.Type.ToString(), letter.Reason.ExceptionType));
        Assert.NotNull(letter.Payload);
        Assert.True(letter.Payload.IsJson, letter.Payload.Problem);
        Assert.Equal("poison", Assert.Single(JsonSerializer.Deserialize<List<TakenEvent>>(letter.Payload.Text, JsonSerializerOptions.Web)!).Text);

        Takers.Poison.TryRemove(_name, out _);
        Assert.Equal(new DeadLetterOutcome(1, 0), await Store(next).RedriveAsync(new DeadLetterSelection(null, Ours, 10, IsDryRun: true), default));
        Assert.Equal(new DeadLetterOutcome(1, 1), await Store(next).RedriveAsync(new DeadLetterSelection([id], DeadLetterFilter.All, 10, IsDryRun: false), default));

        await Eventually.Holds(() => Takers.Of("weak", _name).Count == 3, "the one that failed got it");
        await Publish(next, "last");
        await Eventually.Holds(() => Takers.Of("weak", _name).Count == 4 && Takers.Of("strong", _name).Count == 4, "both got the next one");
        Assert.Equal(["before", "after", "poison", "last"], Takers.Of("weak", _name));
        Assert.Equal(["before", "poison", "after", "last"], Takers.Of("strong", _name));
        Assert.Null(await Store(next).FindAsync(id, default));
    }

    [Fact]
    public async Task What_is_sent_again_and_fails_again_is_a_dead_letter_again_and_none_of_the_same_order()
    {
        Takers.Poison[_name] = "poison";
        await using var cluster = await Start(1);
        await Publish(cluster, "poison");
        await Eventually.Holds(async () => await Count(cluster) == 1, "it is a dead letter");

        var outcome = await Store(cluster).RedriveAsync(new DeadLetterSelection(null, Ours, DeadLetterSelection.MaxLimit, IsDryRun: false), default);

        Assert.Equal(new DeadLetterOutcome(1, 1), outcome);
        await Eventually.Holds(async () => await Count(cluster) == 1, "it is a dead letter again");
        Assert.Equal(["poison"], Takers.Of("strong", _name));
    }

    [Fact]
    public async Task Purging_takes_as_many_as_the_limit_says_and_nothing_in_a_dry_run()
    {
        Takers.Poison[_name] = "poison";
        await using var cluster = await Start(1);
        for (var i = 0; i < 3; i++)
            await Publish(cluster, "poison");
        await Eventually.Holds(async () => await Count(cluster) == 3, "all are dead letters");

        Assert.Equal(new DeadLetterOutcome(3, 0), await Store(cluster).PurgeAsync(new DeadLetterSelection(null, Ours, 10, IsDryRun: true), default));
        Assert.Equal(new DeadLetterOutcome(2, 2), await Store(cluster).PurgeAsync(new DeadLetterSelection(null, Ours, 2, IsDryRun: false), default));
        Assert.Equal(new DeadLetterOutcome(0, 0), await Store(cluster).PurgeAsync(new DeadLetterSelection(null, Ours with { GrainType = "strong" }, 2, IsDryRun: false), default));

        Assert.Equal(1, await Count(cluster));
    }

    [Fact]
    public async Task What_cannot_be_sent_again_stays_and_the_order_says_why()
    {
        Takers.Poison[_name] = "poison";
        await using (var cluster = await Start(1))
        {
            await Publish(cluster, "poison");
            await Eventually.Holds(async () => await Count(cluster) == 1, "it is a dead letter");
        }

        await using var full = await Start(1, static silo => silo.Services.Configure<MemoryStreamQueueOptions>("Memory", static options => options.MaxBytes = 1));
        var outcome = await Store(full).RedriveAsync(new DeadLetterSelection(null, Ours, 10, IsDryRun: false), default);

        Assert.Equal((1, 0), (outcome.Matched, outcome.Done));
        Assert.Contains("MaxBytes", outcome.Problem, StringComparison.Ordinal);
        Assert.Equal(1, await Count(full));
    }

    [Fact]
    public async Task A_file_that_is_away_delays_and_loses_nothing()
    {
        Takers.Poison[_name] = "poison";
        var path = Path.Combine(_folder.FullName, "letters.db");
        Directory.CreateDirectory(path);
        await using var cluster = await Start(1);
        foreach (var text in (string[])["poison", "after"])
            await Publish(cluster, text);
        await Eventually.Holds(() => Takers.Tries.GetValueOrDefault(_name) == 5 && Takers.Of("strong", _name).Count == 2, "it has failed for good, and the other one has all");
        await Task.Delay(500);
        Assert.Empty(Takers.Of("weak", _name));
        Directory.Delete(path);

        await Eventually.Holds(() => Takers.Of("weak", _name).Count == 1, "it went on");
        Assert.Equal((1, 5), (await Count(cluster), Takers.Tries[_name]));
    }

    [Fact]
    public async Task An_event_that_waits_for_its_dead_letter_when_a_silo_dies_is_tried_by_the_next_agent_and_is_one_dead_letter()
    {
        Takers.Poison[_name] = "poison";
        var path = Path.Combine(_folder.FullName, "letters.db");
        Directory.CreateDirectory(path);
        await using var cluster = await Start(3);
        foreach (var text in (string[])["poison", "after"])
            await Publish(cluster, text);
        await Eventually.Holds(() => Takers.Tries.GetValueOrDefault(_name) == 5, "it has failed for good");

        var owner = await OwnerOfQueueWithEvents(cluster);
        await cluster.KillSiloAsync(owner);
        await Eventually.Holds(() => Takers.Tries[_name] == 10, "the next agent has tried it as often");
        Directory.Delete(path);

        await Eventually.Holds(() => Takers.Of("weak", _name).Contains("after"), "it went on");
        Assert.Equal(1, await Count(cluster));
        Assert.Equal(["after"], Takers.Of("weak", _name));
    }

    private static async Task<InProcessSiloHandle> OwnerOfQueueWithEvents(InProcessTestCluster cluster)
    {
        foreach (var silo in cluster.Silos)
        {
            if ((await silo.ServiceProvider.GetRequiredService<IQueueReports>().ReadAsync(default)).Any(static report => report.Statistics is { InFlight: > 0, DeadLetters: null }))
                return silo;
        }

        throw new InvalidOperationException("No silo pulls a queue with events.");
    }

    [Fact]
    public async Task Reports_tell_of_each_queue_once_and_count_its_dead_letters()
    {
        Takers.Poison[_name] = "poison";
        await using var cluster = await Start(2);
        await Publish(cluster, "poison");
        await Eventually.Holds(async () => await Count(cluster) == 1, "it is a dead letter");

        IReadOnlyList<QueueReport> reports = [];
        await Eventually.Holds(
            async () =>
            {
                reports = [.. (await Task.WhenAll(cluster.Silos.Select(static silo => silo.ServiceProvider.GetRequiredService<IQueueReports>().ReadAsync(default)))).SelectMany(static list => list)];
                return reports.Count == 4 && reports.All(static report => report.Statistics is { Depth: 0, InFlight: 0 });
            },
            "each queue is reported, and empty");

        Assert.Equal(4, reports.Select(static report => report.Queue).Distinct().Count());
        Assert.All(reports, static report => Assert.Equal(TimeSpan.Zero, report.Statistics!.OldestAge));
        Assert.Equal(1, reports.Sum(static report => report.Statistics!.DeadLetters));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1001, null)]
    [InlineData(10, "x")]
    [InlineData(10, "-1")]
    public async Task A_page_that_cannot_be_is_refused(int limit, string? after)
    {
        await using var cluster = await Start(1);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store(cluster).ListAsync(DeadLetterFilter.All, after, limit, default));
    }

    private static IDeadLetterStore Store(InProcessTestCluster cluster) => cluster.Silos[0].ServiceProvider.GetRequiredKeyedService<IDeadLetterStore>("Memory");

    private async Task<int> Count(InProcessTestCluster cluster) => (await Store(cluster).ListAsync(Ours, after: null, limit: 100, default)).Letters.Count;

    private Task Publish(InProcessTestCluster cluster, string text) =>
        cluster.Client.GetStreamProvider("Memory").GetStream<TakenEvent>(Stream).OnNextAsync(new TakenEvent(text));

    private async Task<InProcessTestCluster> Start(short silos, Action<ISiloBuilder>? more = null)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.AddMemoryStreams("Memory", static streams => streams.ConfigurePartitioning(4));
            silo.AddSqliteDeadLetters("Memory", letters => letters.Path = Path.Combine(_folder.FullName, "letters.db"));
            more?.Invoke(silo);
        });
        builder.ConfigureClient(static client => client.AddMemoryStreams("Memory", static streams => streams.ConfigurePartitioning(4)));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }
}

[GenerateSerializer]
public sealed record TakenEvent([property: Id(0)] string Text);

/// <summary>What the grains of these tests have taken, by the key of their stream.</summary>
internal static class Takers
{
    private static readonly ConcurrentDictionary<(string, string), ConcurrentQueue<string>> All = new();

    /// <summary>The event that the weak one does not take.</summary>
    public static ConcurrentDictionary<string, string> Poison { get; } = new();

    /// <summary>How often it did not.</summary>
    public static ConcurrentDictionary<string, int> Tries { get; } = new();

    public static ConcurrentQueue<string> Of(string grain, string key) => All.GetOrAdd((grain, key), static _ => new());
}

public interface ITakerGrain : IGrainWithStringKey;

[GrainType("weak")]
[ImplicitStreamSubscription("letters")]
internal sealed class WeakGrain : Grain, ITakerGrain, IStreamSubscriptionObserver
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<TakenEvent>().ResumeAsync((item, _) =>
    {
        var key = this.GetPrimaryKeyString();
        if (Takers.Poison.TryGetValue(key, out var poison) && poison == item.Text)
        {
            Takers.Tries.AddOrUpdate(key, 1, static (_, tries) => tries + 1);
            throw new InvalidOperationException($"{item.Text} cannot be taken");
        }

        Takers.Of("weak", key).Enqueue(item.Text);
        return Task.CompletedTask;
    });
}

[GrainType("strong")]
[ImplicitStreamSubscription("letters")]
internal sealed class StrongGrain : Grain, ITakerGrain, IStreamSubscriptionObserver
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<TakenEvent>().ResumeAsync((item, _) =>
    {
        Takers.Of("strong", this.GetPrimaryKeyString()).Enqueue(item.Text);
        return Task.CompletedTask;
    });
}
