using System.Net;
using System.Text.Json;
using OrleansShop.Gateway.Forwarding;
using OrleansShop.Gateway.Settings;
using OrleansShop.Strangler.Serving;

namespace OrleansShop.Gateway.Repair;

/// <summary>What a service has below <c>/strangler/{capability}</c> for its gateways and operators: each call at one of its processes, the next if that cannot be connected to, and with a deadline.</summary>
internal sealed class ServiceEndpoint : IDisposable
{
    /// <summary>A history of a hundred orders and a report of a verification are below this.</summary>
    private const long MaxAnswerBytes = 4 << 20;

    private readonly Backends _backends;
    private readonly GatewaySettings _settings;
    private readonly TimeProvider _time;
    private readonly string? _key;
    private readonly HttpClient _http;

    public ServiceEndpoint(Backends backends, GatewaySettings settings, BackendConnections connections, IConfiguration configuration, TimeProvider time)
    {
        _backends = backends;
        _settings = settings;
        _time = time;
        _key = configuration[ServiceKey.ConfigurationKey];
        _http = new HttpClient(new SharedConnections(connections), disposeHandler: false)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
    }

    /// <summary>Sends a call and returns whatever is answered.</summary>
    /// <param name="capability">The index of the capability.</param>
    /// <param name="method">GET or POST.</param>
    /// <param name="path">What follows the name of the capability: empty, or with a slash first.</param>
    /// <param name="body">Sent as JSON; null for no body.</param>
    /// <param name="timeout">How long the answer may take.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <param name="process">The index of the process to ask if it is ready; null for any.</param>
    /// <exception cref="CapabilityServiceException">There was no answer.</exception>
    public async Task<ServiceReply> SendAsync(int capability, HttpMethod method, string path, object? body, TimeSpan timeout, CancellationToken cancellationToken, int? process = null)
    {
        var backend = _backends.Services[capability];
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        CapabilityServiceException? last = null;
        var tried = 0UL;
        while (backend.Pick(ref tried, process ?? Backend.NonePreferred) is { } destination)
        {
            var address = new Uri(destination.Address, $"/strangler/{_settings.Catalog.Capabilities[capability].Name}{path}");
            try
            {
                return await SendAsync(address, method, body, either.Token);
            }
            catch (HttpRequestException failure)
            {
                last = new CapabilityServiceException($"{method} {address} gave no answer: {failure.Message}", status: null, retryAfter: null, failure);
                if (failure.InnerException is not ConnectFailedException)
                {
                    break;
                }
            }
            catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
            {
                last = new CapabilityServiceException($"{method} {address} gave no answer within {timeout}.", status: null, retryAfter: null, late);
                break;
            }
        }

        throw last!;
    }

    public void Dispose() => _http.Dispose();

    private async Task<ServiceReply> SendAsync(Uri address, HttpMethod method, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: JsonSerializerOptions.Web);
        if (!string.IsNullOrEmpty(_key)) request.Headers.Add(ServiceKey.Header, _key);
        using var response = await _http.SendAsync(request, cancellationToken);
        return new ServiceReply(
            response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsByteArrayAsync(cancellationToken),
            response.Headers.RetryAfter?.Delta);
    }
}

/// <summary>What a service has answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The type of the body; null if it has not said it.</param>
/// <param name="Body">The body.</param>
/// <param name="RetryAfter">How long it asks to wait, if it does.</param>
internal sealed record ServiceReply(HttpStatusCode Status, string? ContentType, byte[] Body, TimeSpan? RetryAfter)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;
}
