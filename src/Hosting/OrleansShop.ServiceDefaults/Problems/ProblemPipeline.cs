using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansShop.ServiceDefaults.Problems;

/// <summary>
/// Turns everything that goes wrong into a problem: exceptions by <see cref="ProblemExceptionHandler"/>, bare error statuses
/// (no route, wrong method, unsupported media type) here.
/// </summary>
internal static class ProblemPipeline
{
    internal static void AddProblems(this WebApplicationBuilder builder)
    {
        builder.Services.AddExceptionHandler<ProblemExceptionHandler>();
        builder.Services.AddProblemDetails();

        // A malformed body must reach the exception handler, which names the fault; by default it is a bare 400.
        builder.Services.Configure<RouteHandlerOptions>(static routes => routes.ThrowOnBadRequest = true);
    }

    internal static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(DescribeStatusAsync);
    }

    private static Task DescribeStatusAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        if (ProblemKinds.ForStatus(http.Response.StatusCode) is not { } kind)
        {
            return Task.CompletedTask;
        }

        var time = http.RequestServices.GetRequiredService<TimeProvider>();
        return http.Response.WriteProblemAsync(kind.At(DetailOf(kind, http), time));
    }

    private static string DetailOf(ProblemKind kind, HttpContext http) => kind.Status switch
    {
        404 => $"There is nothing at {http.Request.Path}.",
        405 => $"{http.Request.Path} does not take {http.Request.Method}; it takes {http.Response.Headers.Allow}.",
        415 => $"The body's media type is {http.Request.ContentType ?? "missing"}; it must be application/json.",
        401 => "The operation needs credentials by HTTP basic authentication.",
        403 => "The credentials do not have the role that the operation needs.",
        413 => "The request body is larger than the limit.",
        _ => $"{kind.Title}.",
    };
}
