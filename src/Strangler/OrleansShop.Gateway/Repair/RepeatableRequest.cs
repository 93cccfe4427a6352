using Microsoft.AspNetCore.Http.Features;
using OrleansShop.Strangler;
using Yarp.ReverseProxy.Forwarder;

namespace OrleansShop.Gateway.Repair;

/// <summary>A request that may have to be sent more than once: its body, and the answer of a backend that failed at it. A feature of the request while it is on its road.</summary>
internal sealed class RepeatableRequest : IDisposable
{
    /// <summary>Answers of failing backends are a sentence or a stack trace.</summary>
    private const int MaxKeptBytes = 64 << 10;

    private readonly HttpContext _http;
    private readonly Stream _original;
    private readonly RepeatableBody? _body;
    private readonly bool _canRepeat;
    private byte[]? _kept;

    private RepeatableRequest(HttpContext http, RepeatableBody? body, bool canRepeat)
    {
        _http = http;
        _original = http.Request.Body;
        _body = body;
        _canRepeat = canRepeat;
        if (body is not null)
        {
            http.Request.Body = body;
        }

        http.Features.Set(this);
    }

    /// <summary>Whether the body, if there is one, can be sent again.</summary>
    public bool CanRepeat => _canRepeat;

    /// <summary>Whether an answer with a status from 500 on is to be kept from the client for now.</summary>
    public bool KeepsServerErrors { get; set; }

    /// <summary>Whether there is such an answer.</summary>
    public bool HasKept => _kept is not null;

    /// <summary>Reads the body of a request, as far as it is to be kept.</summary>
    /// <exception cref="BadHttpRequestException">The client's body is malformed, too large, or too slow.</exception>
    public static async Task<RepeatableRequest> TakeAsync(HttpContext http, int maxBytes)
    {
        var request = http.Request;
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false } || request.ContentLength == 0)
        {
            return new RepeatableRequest(http, body: null, canRepeat: true);
        }

        if (request.ContentLength > maxBytes)
        {
            return new RepeatableRequest(http, body: null, canRepeat: false);
        }

        var body = await RepeatableBody.ReadAsync(request.Body, request.ContentLength, maxBytes, http.RequestAborted);
        return new RepeatableRequest(http, body, body.IsWhole);
    }

    /// <summary>Forgets what came of the last attempt, so that the next one finds the request as the first one did.</summary>
    public void BeginAgain()
    {
        Invariant.Holds(_canRepeat, "only what can be repeated is sent again");
        _kept = null;
        _body?.Rewind();
        _http.Features.Set<IForwarderErrorFeature>(null);
        _http.Response.Clear();
    }

    /// <summary>Keeps the body of a failing backend's answer. One that is longer than anybody would read is dropped, and the client would get the head of the answer alone.</summary>
    public async Task KeepAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxKeptBytes + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        _kept = length <= MaxKeptBytes ? buffer[..length] : [];
    }

    /// <summary>Gives the client the answer that was kept.</summary>
    public Task RelayAsync()
    {
        Invariant.Holds(_kept is not null, "what is relayed was kept");
        _http.Response.ContentLength = _kept!.Length;
        return _http.Response.Body.WriteAsync(_kept, _http.RequestAborted).AsTask();
    }

    public void Dispose()
    {
        _http.Features.Set<RepeatableRequest>(null);
        _http.Request.Body = _original;
        _body?.Dispose();
    }
}
