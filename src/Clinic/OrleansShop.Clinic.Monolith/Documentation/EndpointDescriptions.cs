using OrleansShop.Clinic.Http.Problems;

namespace OrleansShop.Clinic.Monolith.Documentation;

/// <summary>What the OpenAPI document says of each kind of operation. Descriptions only: nothing here changes how a request is answered.</summary>
internal static class EndpointDescriptions
{
    public static RouteHandlerBuilder Reads<TAnswer>(this RouteHandlerBuilder endpoint, string operation, string summary) =>
        endpoint.WithName(operation).WithSummary(summary).Produces<TAnswer>(StatusCodes.Status200OK).Produces(StatusCodes.Status304NotModified);

    public static RouteHandlerBuilder Creates<TBody, TAnswer>(this RouteHandlerBuilder endpoint, string operation, string summary) =>
        endpoint.WithName(operation).WithSummary(summary).WithMetadata(new BodyDescription(typeof(TBody))).Produces<TAnswer>(StatusCodes.Status201Created).Fails(400, 413, 415);

    public static RouteHandlerBuilder Changes<TBody>(this RouteHandlerBuilder endpoint, string operation, string summary) =>
        endpoint.WithName(operation).WithSummary(summary).WithMetadata(new BodyDescription(typeof(TBody))).Produces(StatusCodes.Status204NoContent).Fails(400, 404, 413, 415);

    public static RouteHandlerBuilder Deletes(this RouteHandlerBuilder endpoint, string operation, string summary) =>
        endpoint.WithName(operation).WithSummary(summary).Produces(StatusCodes.Status204NoContent).Fails(400, 404);

    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses) endpoint.Produces<ProblemDetail>(status, ProblemAnswer.MediaType);
        return endpoint;
    }

    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder endpoint, params QueryParameter[] parameters) => endpoint.WithMetadata([.. parameters]);
}

/// <summary>The type of the JSON body of an operation. Not the framework's own metadata for it: with that, routing would refuse media types before the path is checked.</summary>
internal sealed record BodyDescription(Type Type);
