using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http.Extensions;
using OrleansShop.ServiceDefaults.Problems;
using OrleansShop.ServiceDefaults.Streams;

namespace OrleansShop.Gateway.Streams;

/// <summary>
/// Queues and dead letters of all services: every process is asked, and what they say is joined. Processes may share what they keep, so a dead letter counts once
/// whoever tells of it, and orders go to the process that told.
/// </summary>
internal sealed partial class StreamReport(StreamCalls calls, ILogger<StreamReport> logger)
{
    private readonly ILogger _logger = logger;

    public async Task<QueuesAnswer> ReadQueuesAsync(CancellationToken cancellationToken)
    {
        var replies = await AskAllAsync<QueuesAnswer>(StreamEndpoints.Queues, cancellationToken);
        var queues = replies.Where(static reply => reply.Value is not null).SelectMany(static reply => reply.Value!.Queues.Select(queue => queue with { Process = reply.Process.Name }));
        var missing = MissingProcesses.Of(replies);
        return new QueuesAnswer([.. queues.OrderBy(static queue => queue.Provider, StringComparer.Ordinal).ThenBy(static queue => queue.Queue, StringComparer.Ordinal)], missing.Silent, missing.Absent);
    }

    public async Task<DeadLettersAnswer> ListAsync(DeadLetterSearch search, CancellationToken cancellationToken)
    {
        var replies = await AskAllAsync<DeadLettersAnswer>(StreamEndpoints.DeadLetters + QueryOf(search), cancellationToken);
        var letters = new Dictionary<string, DeadLetterAnswer>(StringComparer.Ordinal);
        foreach (var reply in replies)
        {
            foreach (var letter in reply.Value?.DeadLetters ?? []) letters.TryAdd(letter.Id, letter with { Process = reply.Process.Name });
        }

        var all = letters.Values.OrderBy(static letter => letter.FailedAt).ThenBy(static letter => letter.Id, StringComparer.Ordinal).ToList();
        var missing = MissingProcesses.Of(replies);
        return new DeadLettersAnswer([.. all.Take(search.LimitOrDefault)], all.Count > search.LimitOrDefault || replies.Any(static reply => reply.Value is { More: true }), missing.Silent, missing.Absent);
    }

    /// <exception cref="ProblemException">No process has it, or those that might have do not answer.</exception>
    public async Task<DeadLetterAnswer> FindAsync(DeadLetterName name, CancellationToken cancellationToken)
    {
        var replies = await AskAllAsync<DeadLetterAnswer>($"{StreamEndpoints.DeadLetter}?id={Uri.EscapeDataString(name.ToString())}", cancellationToken);
        if (replies.FirstOrDefault(static reply => reply.Value is not null) is { } found) return found.Value! with { Process = found.Process.Name };
        var silent = MissingOf(replies).Silent;
        throw silent.Count == 0
            ? new ProblemException(ProblemKinds.NotFound, $"There is no dead letter {name}; 'shopctl deadletters list' shows those that there are.")
            : new ProblemException(ProblemKinds.Unavailable, $"The dead letter {name} was not found, and {silent.Count} of {replies.Count} processes did not answer: {string.Join(" ", silent.Select(static one => $"{one.Process}: {one.Problem}"))}");
    }

    /// <summary>Redrives dead letters, or throws them away.</summary>
    public async Task<DeadLetterOrderAnswer> CarryOutAsync(DeadLetterOrder order, bool isPurge, string origin, CancellationToken cancellationToken)
    {
        var (chosen, missing) = order.Ids is null
            ? await ChooseAsync(order.Search ?? new DeadLetterSearch(), cancellationToken)
            : await ChooseAsync(order.Ids, cancellationToken);
        if (order.DryRun) return new DeadLetterOrderAnswer(chosen.Count, 0, [], missing.Silent, missing.Absent);

        var (done, problems) = (0, new List<string>());
        foreach (var part in chosen.GroupBy(static letter => letter.Process!).SelectMany(static ofProcess => ofProcess.Chunk(DeadLetterOrder.MaxIds)))
        {
            var process = calls.Processes.First(process => process.Name == part[0].Process);
            var ids = new DeadLetterOrder([.. part.Select(static letter => letter.Id)], By: order.By);
            var reply = await calls.OrderAsync(process, isPurge ? StreamEndpoints.Purge : StreamEndpoints.Redrive, ids, cancellationToken);
            LogOrder(isPurge ? "purge" : "redrive", part.Length, part[0].Process!, order.By ?? "unknown", origin, reply.Value?.Done ?? 0);
            done += reply.Value?.Done ?? 0;
            problems.AddRange(reply.Value?.Problems ?? []);
            if (reply.Problem is not null) missing = missing.And(new MissingProcesses([reply.AsMissing()], []));
        }

        return new DeadLetterOrderAnswer(chosen.Count, done, problems, missing.Silent, missing.Absent);
    }

    private async Task<(IReadOnlyList<DeadLetterAnswer> Chosen, MissingProcesses Missing)> ChooseAsync(DeadLetterSearch search, CancellationToken cancellationToken)
    {
        var found = await ListAsync(search, cancellationToken);
        return (found.DeadLetters, new MissingProcesses(found.Silent, found.Absent ?? []));
    }

    private async Task<(IReadOnlyList<DeadLetterAnswer> Chosen, MissingProcesses Missing)> ChooseAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var (chosen, missing) = (new List<DeadLetterAnswer>(), new MissingProcesses([], []));
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            var replies = await AskAllAsync<DeadLetterAnswer>($"{StreamEndpoints.DeadLetter}?id={Uri.EscapeDataString(id)}", cancellationToken);
            if (replies.FirstOrDefault(static reply => reply.Value is not null) is { } found) chosen.Add(found.Value! with { Process = found.Process.Name, Payload = null });
            else missing = missing.And(MissingOf(replies));
        }

        return (chosen, missing);
    }

    private async Task<IReadOnlyList<ProcessReply<T>>> AskAllAsync<T>(string path, CancellationToken cancellationToken)
        where T : class => await Task.WhenAll(calls.Processes.Select(process => calls.GetAsync<T>(process, path, cancellationToken)));

    /// <summary>Who does not say whether it has a dead letter. One that says that it has not is no such.</summary>
    private static MissingProcesses MissingOf(IReadOnlyList<ProcessReply<DeadLetterAnswer>> replies) =>
        MissingProcesses.Of([.. replies.Select(static reply => reply.Status == HttpStatusCode.NotFound ? reply with { Problem = null } : reply)]);

    private static string QueryOf(DeadLetterSearch search)
    {
        var query = new QueryBuilder();
        Add("provider", search.Provider);
        Add("namespace", search.Namespace);
        Add("key", search.Key);
        Add("grain", search.Grain);
        Add("exception", search.Exception);
        Add("olderThanSeconds", search.OlderThanSeconds?.ToString(CultureInfo.InvariantCulture));
        Add("youngerThanSeconds", search.YoungerThanSeconds?.ToString(CultureInfo.InvariantCulture));
        Add("limit", search.LimitOrDefault.ToString(CultureInfo.InvariantCulture));
        return query.ToString();

        void Add(string name, string? value)
        {
            if (value is not null) query.Add(name, value);
        }
    }

    [LoggerMessage(5150, LogLevel.Information, "An order to {Order} {Count} dead letters was sent to {Process} for {By} at {Origin}; {Done} were done.")]
    private partial void LogOrder(string order, int count, string process, string by, string origin, int done);
}
