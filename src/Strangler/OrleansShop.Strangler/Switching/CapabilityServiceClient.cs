using System.Net;
using System.Net.Http.Json;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Strangler.Switching;

/// <summary>
/// A grain service's <c>/strangler/{capability}</c> endpoints, as the gateway calls them. Thread-safe. Give the client an
/// <see cref="HttpClient"/> whose timeout covers a whole copy.
/// </summary>
/// <param name="http">Sends the requests. Its base address is not used: each capability's manifest has one.</param>
/// <param name="adminKey">The key that the services ask for (<c>Strangler:AdminKey</c>), or null when they ask for none.</param>
public sealed class CapabilityServiceClient(HttpClient http, string? adminKey)
{
    /// <summary>Reads where the service says that the capability stands.</summary>
    /// <exception cref="CapabilityServiceException">The service did not answer, or refused.</exception>
    public Task<CapabilityStatus> GetStatusAsync(CapabilityManifest capability, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, capability, "", body: null, cancellationToken);

    /// <summary>
    /// Has the service pull the monolith's rows and take the capability over. Returns when the phase is <see cref="CapabilityPhase.Grains"/>; at
    /// once if it was already. No write of the capability may reach the monolith meanwhile: the caller sees to that.
    /// </summary>
    /// <param name="capability">The capability to switch.</param>
    /// <param name="by">Who asked for it, for the history.</param>
    /// <param name="cancellationToken">Gives up: the service stops at the next page, and the phase stays.</param>
    /// <exception cref="CapabilityServiceException">The service did not answer, or refused, or failed: the phase is unchanged unless the answer was lost.</exception>
    public Task<CapabilityStatus> ImportAsync(CapabilityManifest capability, string by, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, capability, "/import", new SwitchRequest(by), cancellationToken);

    /// <summary>
    /// Has the service bring the monolith's rows up to date and hand the capability back. Returns when the phase is
    /// <see cref="CapabilityPhase.Monolith"/>; at once if it was already. The service itself refuses writes meanwhile.
    /// </summary>
    /// <param name="capability">The capability to switch.</param>
    /// <param name="by">Who asked for it, for the history.</param>
    /// <param name="cancellationToken">Gives up: the service stops at the next page, and the phase stays.</param>
    /// <exception cref="CapabilityServiceException">The service did not answer, or refused, or failed: the phase is unchanged unless the answer was lost.</exception>
    public Task<CapabilityStatus> ExportAsync(CapabilityManifest capability, string by, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, capability, "/export", new SwitchRequest(by), cancellationToken);

    /// <summary>
    /// Has the service go back to <see cref="CapabilityPhase.Monolith"/> without writing anything to the monolith, whose rows have gone their own way
    /// meanwhile: for a gateway that never came to send it a request after an import. What the grains hold stops to count; the next import
    /// replaces it. Returns at once if the phase was <see cref="CapabilityPhase.Monolith"/> already.
    /// </summary>
    /// <param name="capability">The capability to hand back.</param>
    /// <param name="by">Who asked for it, for the history.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="CapabilityServiceException">The service did not answer, or refused, or failed: the phase is unchanged unless the answer was lost.</exception>
    public Task<CapabilityStatus> DiscardAsync(CapabilityManifest capability, string by, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, capability, "/discard", new SwitchRequest(by), cancellationToken);

    private async Task<CapabilityStatus> SendAsync(
        HttpMethod method, CapabilityManifest capability, string operation, SwitchRequest? body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(capability);
        var address = new Uri(capability.Service, $"/strangler/{capability.Name}{operation}");
        using var request = new HttpRequestMessage(method, address);
        request.Content = body is null ? null : JsonContent.Create(body, options: SwitchJson.Options);
        if (adminKey is not null)
        {
            request.Headers.Add(SwitchRequest.AdminKeyHeader, adminKey);
        }

        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode
                ? await ReadStatusAsync(response, address, cancellationToken)
                : throw await RefusalAsync(response, address, cancellationToken);
        }
        catch (HttpRequestException failure)
        {
            throw new CapabilityServiceException($"{method} {address} gave no answer: {failure.Message}", status: null, retryAfter: null, failure);
        }
        catch (OperationCanceledException timeout) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CapabilityServiceException($"{method} {address} gave no answer within {http.Timeout}.", status: null, retryAfter: null, timeout);
        }
    }

    private static async Task<CapabilityStatus> ReadStatusAsync(HttpResponseMessage response, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<CapabilityStatus>(SwitchJson.Options, cancellationToken)
                ?? throw new CapabilityServiceException($"{address} answered null instead of a status.", response.StatusCode, retryAfter: null);
        }
        catch (System.Text.Json.JsonException malformed)
        {
            throw new CapabilityServiceException($"{address} answered something that is no status: {malformed.Message}", response.StatusCode, retryAfter: null, malformed);
        }
    }

    private static async Task<CapabilityServiceException> RefusalAsync(HttpResponseMessage response, Uri address, CancellationToken cancellationToken)
    {
        var detail = await ProblemText.ReadAsync(response, cancellationToken);
        return new CapabilityServiceException(
            $"{address} answered {(int)response.StatusCode}: {detail}", response.StatusCode, response.Headers.RetryAfter?.Delta);
    }
}

/// <summary>A grain service did not do what it was asked.</summary>
/// <param name="message">What was asked, and what came of it.</param>
/// <param name="status">The HTTP status that the service answered, or null when it did not answer.</param>
/// <param name="retryAfter">How long the service asks to wait, if it does.</param>
/// <param name="innerException">What caused it.</param>
public sealed class CapabilityServiceException(string message, HttpStatusCode? status, TimeSpan? retryAfter, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>The HTTP status that the service answered, or null when it did not answer: then the outcome is unknown.</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>How long the service asks to wait before the next try, or null.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
