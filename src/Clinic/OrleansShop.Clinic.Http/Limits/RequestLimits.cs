using Microsoft.AspNetCore.Server.Kestrel.Core;
using OrleansShop.Clinic.Http.Configuration;
using OrleansShop.Clinic.Http.Problems;

namespace OrleansShop.Clinic.Http.Limits;

/// <summary>
/// Limits on headers and target, answered with a problem. Kestrel's own limits close the connection with an empty answer, so they stand further out, where
/// only a client that floods meets them.
/// </summary>
internal static class RequestLimits
{
    private const int ServerMaxHeaderBytes = 512 * 1024;
    private const int ServerMaxHeaderCount = 4000;
    private const int ServerMaxRequestLineBytes = 64 * 1024;
    private const long ServerMaxBodyBytes = 64 * 1024 * 1024;

    public static void Relax(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestHeadersTotalSize = ServerMaxHeaderBytes;
        server.Limits.MaxRequestHeaderCount = ServerMaxHeaderCount;
        server.Limits.MaxRequestLineSize = ServerMaxRequestLineBytes;
        server.Limits.MaxRequestBodySize = ServerMaxBodyBytes;
    }

    public static Task EnforceAsync(HttpContext context, RequestDelegate next)
    {
        var options = context.RequestServices.GetRequiredService<ApiOptions>();
        var request = context.Request;

        var targetBytes = request.Path.ToUriComponent().Length + (request.QueryString.Value?.Length ?? 0);
        if (targetBytes > options.MaxRequestTargetBytes) throw new ProblemException(ProblemKind.TargetTooLong, ContractTexts.TargetTooLong);

        if (CountHeaders(request.Headers, out var headerBytes) > options.MaxRequestHeaderCount || headerBytes > options.MaxRequestHeadersBytes)
        {
            throw new ProblemException(ProblemKind.HeadersTooLarge, ContractTexts.HeadersTooLarge);
        }

        return next(context);
    }

    private static int CountHeaders(IHeaderDictionary headers, out int bytes)
    {
        // As on the wire: name, colon, space, value, end of line.
        const int bytesAroundEach = 4;
        var count = 0;
        bytes = 0;
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                count++;
                bytes += name.Length + (value?.Length ?? 0) + bytesAroundEach;
            }
        }

        return count;
    }
}
