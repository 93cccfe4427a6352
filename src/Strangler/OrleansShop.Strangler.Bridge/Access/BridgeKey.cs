using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OrleansShop.ServiceDefaults.Problems;
using OrleansShop.Strangler.BridgeClient;

namespace OrleansShop.Strangler.Bridge.Access;

/// <summary>Lets only callers in that know the configured key. A middleware, because an endpoint filter would run after the body is read.</summary>
internal sealed class BridgeKey(RequestDelegate next, IOptions<BridgeOptions> options, TimeProvider time)
{
    private readonly byte[]? _wanted = string.IsNullOrEmpty(options.Value.Key) ? null : Encoding.UTF8.GetBytes(options.Value.Key);

    public Task InvokeAsync(HttpContext http) => _wanted is null || IsRight(http.Request) || !http.Request.Path.StartsWithSegments("/bridge")
        ? next(http)
        : RefuseAsync(http.Response);

    private bool IsRight(HttpRequest request) =>
        CryptographicOperations.FixedTimeEquals(_wanted, Encoding.UTF8.GetBytes(request.Headers[BridgeWire.KeyHeader].ToString()));

    private Task RefuseAsync(HttpResponse response)
    {
        response.Headers[BridgeWire.RefusalHeader] = nameof(BridgeRefusal.Unauthorized);
        return response.WriteProblemAsync(ProblemKinds.Unauthorized.At(
            $"The header {BridgeWire.KeyHeader} must carry the key that the bridge is configured with ({BridgeOptions.Section}:{nameof(BridgeOptions.Key)}).", time));
    }
}
