using Microsoft.AspNetCore.Http.HttpResults;
using OrleansShop.Gateway.Streams;
using OrleansShop.ServiceDefaults.Problems;
using OrleansShop.ServiceDefaults.Streams;

namespace OrleansShop.Gateway.Admin;

/// <summary>The part of the admin API that is about streams: how their queues stand, and the events that nobody could take.</summary>
internal static class StreamsApi
{
    public static void Map(RouteGroupBuilder admin)
    {
        admin.MapGet(StreamEndpoints.Queues, static async (StreamReport report, CancellationToken cancelled) => TypedResults.Ok(await report.ReadQueuesAsync(cancelled)))
            .WithSummary("Tells how the queues of streams stand, in all services.")
            .WithDescription("A process that does not answer is named in 'silent'; an address that is kept free for a further process in 'absent'.");
        admin.MapGet(StreamEndpoints.DeadLetters, static ([AsParameters] DeadLetterSearch search, StreamReport report, CancellationToken cancelled) => ListAsync(search, report, cancelled))
            .WithSummary("Lists dead letters of all services, the oldest failure first.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        admin.MapGet(StreamEndpoints.DeadLetter, static (string? id, StreamReport report, CancellationToken cancelled) => FindAsync(id, report, cancelled))
            .WithSummary("Shows a dead letter with its event.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        MapOrder(admin, StreamEndpoints.Redrive, isPurge: false, "Puts dead letters back into their queues, each for the subscription that could not take it.");
        MapOrder(admin, StreamEndpoints.Purge, isPurge: true, "Throws dead letters away.");
    }

    private static void MapOrder(RouteGroupBuilder admin, string path, bool isPurge, string summary) =>
        admin.MapPost(path, (DeadLetterOrder order, StreamReport report, HttpContext http, CancellationToken cancelled) =>
                CarryOutAsync(order, report, isPurge, http.Connection.RemoteIpAddress?.ToString() ?? "unknown", cancelled))
            .WithSummary(summary)
            .WithDescription("Answers 200 also if it was not done with all: 'problems' and 'silent' say why. A dry run counts only.")
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Ok<DeadLettersAnswer>> ListAsync(DeadLetterSearch search, StreamReport report, CancellationToken cancelled) =>
        TypedResults.Ok(await report.ListAsync(search.Checked(ProblemKinds.BadRequest), cancelled));

    private static async Task<Ok<DeadLetterAnswer>> FindAsync(string? id, StreamReport report, CancellationToken cancelled) => DeadLetterName.TryParse(id, out var name)
        ? TypedResults.Ok(await report.FindAsync(name, cancelled))
        : throw new ProblemException(ProblemKinds.BadRequest, $"'{id}' is no id of a dead letter: {DeadLetterName.Form}");

    private static async Task<Ok<DeadLetterOrderAnswer>> CarryOutAsync(DeadLetterOrder order, StreamReport report, bool isPurge, string origin, CancellationToken cancelled) =>
        TypedResults.Ok(await report.CarryOutAsync(order.Checked(), isPurge, origin, cancelled));
}
