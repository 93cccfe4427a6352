using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using OrleansShop.ServiceDefaults.Problems;
using OrleansShop.Strangler.Serving;

namespace OrleansShop.ServiceDefaults.Streams;

/// <summary>The endpoints by which a gateway asks a silo for its queues and dead letters.</summary>
public static class StreamEndpoints
{
    /// <summary>Under this path a process answers them.</summary>
    public const string PathPrefix = "/streams";

    /// <summary>The queues.</summary>
    public const string Queues = "/queues";

    /// <summary>The dead letters.</summary>
    public const string DeadLetters = "/dead-letters";

    /// <summary>One dead letter, by the query's <c>id</c>.</summary>
    public const string DeadLetter = "/dead-letter";

    /// <summary>Orders to put dead letters back into their queues.</summary>
    public const string Redrive = "/dead-letters/redrive";

    /// <summary>Orders to throw dead letters away.</summary>
    public const string Purge = "/dead-letters/purge";

    /// <summary>Maps the endpoints. They ask for the key that those of capabilities ask for.</summary>
    public static RouteGroupBuilder MapStreamOperations(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup(PathPrefix).ExcludeFromDescription().RequireServiceKey(endpoints.ServiceProvider);
        group.MapGet(Queues, static async (IStreamOperations streams, CancellationToken aborted) =>
            TypedResults.Ok(new QueuesAnswer(await streams.ReadQueuesAsync(aborted), [])));
        group.MapGet(DeadLetters, static ([AsParameters] DeadLetterSearch search, IStreamOperations streams, CancellationToken aborted) => ListAsync(search, streams, aborted));
        group.MapGet(DeadLetter, static (string? id, IStreamOperations streams, CancellationToken aborted) => FindAsync(id, streams, aborted));
        group.MapPost(Redrive, static (DeadLetterOrder order, IStreamOperations streams, CancellationToken aborted) => CarryOutAsync(order, streams, isPurge: false, aborted));
        group.MapPost(Purge, static (DeadLetterOrder order, IStreamOperations streams, CancellationToken aborted) => CarryOutAsync(order, streams, isPurge: true, aborted));
        return group;
    }

    private static async Task<Ok<DeadLettersAnswer>> ListAsync(DeadLetterSearch search, IStreamOperations streams, CancellationToken aborted)
    {
        var (letters, more) = await streams.ListAsync(search.Checked(ProblemKinds.BadRequest), aborted);
        return TypedResults.Ok(new DeadLettersAnswer(letters, more, []));
    }

    private static async Task<Ok<DeadLetterAnswer>> FindAsync(string? id, IStreamOperations streams, CancellationToken aborted)
    {
        if (!DeadLetterName.TryParse(id, out var name)) throw new ProblemException(ProblemKinds.BadRequest, $"'{id}' is no id of a dead letter: {DeadLetterName.Form}");
        return TypedResults.Ok(await streams.FindAsync(name, aborted) ?? throw new ProblemException(ProblemKinds.NotFound, $"There is no dead letter {name} here."));
    }

    private static async Task<Ok<DeadLetterOrderAnswer>> CarryOutAsync(DeadLetterOrder order, IStreamOperations streams, bool isPurge, CancellationToken aborted) =>
        TypedResults.Ok(await streams.CarryOutAsync(order.Checked(), isPurge, aborted));
}
