using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Moving;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Strangler.Serving;

/// <summary>
/// A grain service's <c>/strangler/{capability}</c> endpoints. Thread-safe.
/// </summary>
/// <param name="http">Sends the requests. Its base address is not used: each capability's manifest has one.</param>
/// <param name="adminKey">The key that the services ask for (<c>Strangler:AdminKey</c>), or null when they ask for none.</param>
public sealed class CapabilityServiceClient(HttpClient http, string? adminKey)
{
    /// <summary>Reads where the service says that the capability stands.</summary>
    /// <exception cref="CapabilityServiceException">The service did not answer, or refused.</exception>
    public Task<CapabilityStatus> GetStatusAsync(CapabilityManifest capability, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, capability, "", body: null, cancellationToken);

    /// <summary>Gives an order. Returns how the capability stands afterwards; the same as before if it stood so already.</summary>
    /// <param name="capability">The capability.</param>
    /// <param name="order">What is asked, by whom and from where.</param>
    /// <param name="cancellationToken">Gives up waiting; the order may have been taken.</param>
    /// <exception cref="CapabilityServiceException">The service did not answer, or refused: 400 for an order of the wrong form, 409 for one that the rules do not allow, 503 if the bridge is away. Nothing has changed unless the answer was lost.</exception>
    public Task<CapabilityStatus> OrderAsync(CapabilityManifest capability, OrderRequest order, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, capability, "/orders", order, cancellationToken);

    /// <summary>Has an entity moved to where it is to be, and says who owns it now.</summary>
    /// <param name="capability">The capability of the entity.</param>
    /// <param name="kind">The kind of the entity.</param>
    /// <param name="id">The id as text.</param>
    /// <param name="cancellationToken">Gives up waiting; the entity may have been moved.</param>
    /// <exception cref="CapabilityServiceException">The service did not answer, or cannot move the entity now.</exception>
    public async Task<EntityOwner> PlaceAsync(CapabilityManifest capability, string kind, string id, CancellationToken cancellationToken = default) =>
        (await SendAsync<PlaceAnswer>(HttpMethod.Post, capability, "/place", new PlaceRequest(kind, id), cancellationToken)).Owner;

    /// <summary>Reads the orders that were taken, the newest last.</summary>
    /// <exception cref="CapabilityServiceException">The service did not answer, or refused.</exception>
    public async Task<ImmutableArray<CapabilityTransition>> GetHistoryAsync(CapabilityManifest capability, CancellationToken cancellationToken = default) =>
        [.. await SendAsync<CapabilityTransition[]>(HttpMethod.Get, capability, "/history", body: null, cancellationToken)];

    /// <summary>Begins to compare every entity with the monolith's rows, and returns at once.</summary>
    /// <exception cref="CapabilityServiceException">The service did not answer, or refused: 409 while a comparison runs.</exception>
    public Task<VerifyReport> StartVerifyAsync(CapabilityManifest capability, CancellationToken cancellationToken = default) =>
        SendAsync<VerifyReport>(HttpMethod.Post, capability, "/verify", body: null, cancellationToken);

    /// <summary>What the last comparison has found so far.</summary>
    /// <exception cref="CapabilityServiceException">The service did not answer, or refused: 404 if there was none.</exception>
    public Task<VerifyReport> GetVerifyAsync(CapabilityManifest capability, CancellationToken cancellationToken = default) =>
        SendAsync<VerifyReport>(HttpMethod.Get, capability, "/verify", body: null, cancellationToken);

    /// <summary>Ends the comparison that runs, if one does.</summary>
    /// <exception cref="CapabilityServiceException">The service did not answer, or refused: 404 if there was none.</exception>
    public Task<VerifyReport> CancelVerifyAsync(CapabilityManifest capability, CancellationToken cancellationToken = default) =>
        SendAsync<VerifyReport>(HttpMethod.Delete, capability, "/verify", body: null, cancellationToken);

    private async Task<CapabilityStatus> SendAsync(HttpMethod method, CapabilityManifest capability, string operation, object? body, CancellationToken cancellationToken)
    {
        var status = await SendAsync<CapabilityStatus>(method, capability, operation, body, cancellationToken);
        return status.Capability == capability.Name
            ? status
            : throw new CapabilityServiceException($"{capability.Service} was asked about {capability.Name} and answers about '{status.Capability}'.", status: null, retryAfter: null);
    }

    private async Task<T> SendAsync<T>(HttpMethod method, CapabilityManifest capability, string operation, object? body, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(capability);
        var address = new Uri(capability.Service, $"/strangler/{capability.Name}{operation}");
        using var request = new HttpRequestMessage(method, address);
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: CapabilityJson.Options);
        if (adminKey is not null)
        {
            request.Headers.Add(ServiceKey.Header, adminKey);
        }

        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode
                ? await ReadAsync<T>(response, address, cancellationToken)
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

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, Uri address, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(CapabilityJson.Options, cancellationToken)
                ?? throw new CapabilityServiceException($"{address} answered null instead of a {typeof(T).Name}.", response.StatusCode, retryAfter: null);
        }
        catch (System.Text.Json.JsonException malformed)
        {
            throw new CapabilityServiceException($"{address} answered something that is no {typeof(T).Name}: {malformed.Message}", response.StatusCode, retryAfter: null, malformed);
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
