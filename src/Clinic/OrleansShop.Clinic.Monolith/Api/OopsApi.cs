using OrleansShop.Clinic.Http.Problems;
using OrleansShop.Clinic.Monolith.Documentation;

namespace OrleansShop.Clinic.Monolith.Api;

/// <summary>An operation that always fails, for clients to test their error pages on.</summary>
internal static class OopsApi
{
    public static void MapOops(this IEndpointRouteBuilder api) => api.MapGroup("").WithTags("oops")
        .MapGet("oops", Fail).Reads<string>("failingRequest", "Always fails").Fails(500);

    private static Task Fail() => throw new ProblemException(ProblemKind.InternalError, ContractTexts.Oops);
}
