using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Engine.Streams.DeadLetters;
using OrleansShop.Engine.Streams.Monitoring;
using OrleansShop.ServiceDefaults.Streams;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>The queues that the silo pulls, and the dead letters of its stream providers.</summary>
internal sealed class StreamOperations(IServiceProvider services, IEnumerable<ProviderWithDeadLetters> providers, TimeProvider time) : IStreamOperations
{
    public async Task<IReadOnlyList<QueueAnswer>> ReadQueuesAsync(CancellationToken cancellationToken)
    {
        // A silo without streams has no reports.
        if (services.GetService<IQueueReports>() is not { } reports) return [];
        return [.. (await reports.ReadAsync(cancellationToken)).Select(static report => new QueueAnswer(
            report.Provider, report.Queue, report.Statistics?.Depth, report.Statistics?.InFlight, report.Statistics?.OldestAge?.TotalSeconds, report.Statistics?.DeadLetters, report.Problem))];
    }

    public async Task<(IReadOnlyList<DeadLetterAnswer> Letters, bool More)> ListAsync(DeadLetterSearch search, CancellationToken cancellationToken)
    {
        var letters = new List<DeadLetterAnswer>();
        var more = false;
        foreach (var (name, store) in StoresFor(search.Provider))
        {
            var page = await store.ListAsync(FilterOf(search), after: null, search.LimitOrDefault, cancellationToken);
            letters.AddRange(page.Letters.Select(letter => AnswerOf(name, letter) with { ExceptionDetail = null }));
            more |= page.Next is not null || !page.IsComplete;
        }

        letters.Sort(static (one, other) => one.FailedAt.CompareTo(other.FailedAt));
        return letters.Count <= search.LimitOrDefault ? (letters, more) : (letters[..search.LimitOrDefault], true);
    }

    public async Task<DeadLetterAnswer?> FindAsync(DeadLetterName name, CancellationToken cancellationToken) =>
        services.GetKeyedService<IDeadLetterStore>(name.Provider) is { } store && await store.FindAsync(name.Id, cancellationToken) is { } letter ? AnswerOf(name.Provider, letter) : null;

    public async Task<DeadLetterOrderAnswer> CarryOutAsync(DeadLetterOrder order, bool isPurge, CancellationToken cancellationToken)
    {
        var (matched, done, problems) = (0, 0, new List<string>());
        foreach (var (provider, store, selection) in SelectionsOf(order))
        {
            var part = selection with { Limit = selection.Limit - matched };
            if (part.Limit == 0) break;
            var outcome = isPurge ? await store.PurgeAsync(part, cancellationToken) : await store.RedriveAsync(part, cancellationToken);
            matched += outcome.Matched;
            done += outcome.Done;
            if (outcome.Problem is { } problem) problems.Add($"{provider}: {problem}");
        }

        return new(matched, done, problems, []);
    }

    private IEnumerable<(string Provider, IDeadLetterStore Store, DeadLetterSelection Selection)> SelectionsOf(DeadLetterOrder order)
    {
        if (order.Ids is null)
        {
            var search = order.Search ?? new DeadLetterSearch();
            return StoresFor(search.Provider).Select(one => (one.Provider, one.Store, new DeadLetterSelection(null, FilterOf(search), search.LimitOrDefault, order.DryRun)));
        }

        return from id in order.Ids
               let name = DeadLetterName.TryParse(id, out var parsed) ? parsed : default
               group name.Id by name.Provider into ids
               let store = services.GetKeyedService<IDeadLetterStore>(ids.Key)
               where store is not null
               select (ids.Key, store, new DeadLetterSelection([.. ids], DeadLetterFilter.All, DeadLetterOrder.MaxIds, order.DryRun));
    }

    private IEnumerable<(string Provider, IDeadLetterStore Store)> StoresFor(string? provider) =>
        providers.Select(static known => known.Name).Distinct().Where(name => provider is null || name == provider).Select(name => (name, services.GetRequiredKeyedService<IDeadLetterStore>(name)));

    private DeadLetterFilter FilterOf(DeadLetterSearch search)
    {
        var now = time.GetUtcNow();
        return new()
        {
            StreamNamespace = search.Namespace,
            StreamKey = search.Key,
            GrainType = search.Grain,
            ExceptionType = search.Exception,
            FailedBefore = search.OlderThanSeconds is { } older ? now - TimeSpan.FromSeconds(older) : null,
            FailedSince = search.YoungerThanSeconds is { } younger ? now - TimeSpan.FromSeconds(younger) : null,
        };
    }

    private static DeadLetterAnswer AnswerOf(string provider, DeadLetter letter) => new(
        new DeadLetterName(provider, letter.Id).ToString(),
        provider,
        letter.Reason.Queue,
        letter.Reason.Stream.GetNamespace(),
        letter.Reason.Stream.GetKeyAsString(),
        letter.Reason.Subscription,
        letter.Reason.Consumer.ToString(),
        letter.Reason.Consumer.Type.ToString()!,
        letter.Reason.Attempts,
        letter.Reason.FirstFailedAt,
        letter.Reason.FailedAt,
        letter.Reason.ExceptionType,
        letter.Reason.ExceptionMessage,
        letter.Reason.ExceptionDetail,
        letter.Reason.TraceParent,
        letter.SizeBytes,
        letter.Payload is { } payload ? new PayloadAnswer(payload.Text, payload.IsJson, payload.Problem) : null);
}
