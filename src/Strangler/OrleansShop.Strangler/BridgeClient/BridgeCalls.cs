using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansShop.Strangler.Serving;

namespace OrleansShop.Strangler.BridgeClient;

/// <summary>Calls of the bridge over HTTP. Every answer that is not the expected one becomes one of the two exceptions.</summary>
internal sealed class BridgeCalls(HttpClient http)
{
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>How long a call may take.</summary>
    internal TimeSpan Timeout => http.Timeout;

    /// <summary>Posts a request whose answer has a body.</summary>
    internal async Task<TAnswer> AskAsync<TRequest, TAnswer>(string path, TRequest body, CancellationToken cancellationToken)
        where TAnswer : class =>
        await PostAsync<TRequest, TAnswer>(path, body, cancellationToken) ?? throw Unexpected(path, "null");

    /// <summary>Null stands for an answer without a body.</summary>
    internal async Task<TAnswer?> PostAsync<TRequest, TAnswer>(string path, TRequest body, CancellationToken cancellationToken)
        where TAnswer : class
    {
        try
        {
            using var response = await http.PostAsJsonAsync(path, body, BridgeWire.Json, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw await FailureAsync(response, path, cancellationToken);
            }

            return response.StatusCode == HttpStatusCode.NoContent ? null : await response.Content.ReadFromJsonAsync<TAnswer>(BridgeWire.Json, cancellationToken);
        }
        catch (HttpRequestException failure)
        {
            throw new BridgeUnavailableException($"The bridge at {http.BaseAddress} did not answer {path}: {failure.Message} {failure.InnerException?.Message}".TrimEnd(), DefaultRetryAfter, failure);
        }
        catch (OperationCanceledException timeout) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BridgeUnavailableException($"The bridge at {http.BaseAddress} did not answer {path} within {http.Timeout.TotalSeconds} s.", DefaultRetryAfter, timeout);
        }
        catch (JsonException malformed)
        {
            throw new BridgeUnavailableException($"The bridge at {http.BaseAddress} answered {path} with something else than expected: {malformed.Message}", DefaultRetryAfter, malformed);
        }
    }

    private static async Task<Exception> FailureAsync(HttpResponseMessage response, string path, CancellationToken cancellationToken)
    {
        var detail = await ProblemText.ReadAsync(response, cancellationToken);
        if (response.Headers.TryGetValues(BridgeWire.RefusalHeader, out var reasons) && Enum.TryParse<BridgeRefusal>(reasons.First(), out var reason))
        {
            return new BridgeRefusedException(reason, detail);
        }

        // Without the header a 4xx is the HTTP server's own word on the request, such as a body that is too large.
        return (int)response.StatusCode is >= 400 and < 500
            ? new BridgeRefusedException(BridgeRefusal.Invalid, $"The bridge answered {path} with {(int)response.StatusCode}: {detail}")
            : new BridgeUnavailableException(
                $"The bridge answered {path} with {(int)response.StatusCode}: {detail}", response.Headers.RetryAfter?.Delta ?? DefaultRetryAfter);
    }

    internal BridgeUnavailableException Unexpected(string path, string what) =>
        new($"The bridge at {http.BaseAddress} answered {path} with {what}.", DefaultRetryAfter);
}
