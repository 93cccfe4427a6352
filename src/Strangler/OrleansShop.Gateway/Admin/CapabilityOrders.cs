using System.Net;
using System.Net.Mime;
using System.Text.Json;
using OrleansShop.Gateway.Phases;
using OrleansShop.Gateway.Repair;
using OrleansShop.Gateway.Settings;
using OrleansShop.ServiceDefaults.Problems;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;
using OrleansShop.Strangler.Rollout;
using OrleansShop.Strangler.Serving;

namespace OrleansShop.Gateway.Admin;

/// <summary>Passes orders and questions on to the service of a capability, and its answers and refusals back.</summary>
internal sealed class CapabilityOrders(ServiceEndpoint services, PhaseBook phases, GatewaySettings settings)
{
    /// <summary>An order counts entities in the ledger before it is decided.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>A comparison is known to the process that carries it out.</summary>
    private const int VerifyingProcess = 0;

    /// <summary>Gives an order. This gateway goes along with what came of it at once, others within the interval in which they ask.</summary>
    public async Task<IResult> OrderAsync(string capability, CapabilityOrder order, CancellationToken cancellationToken)
    {
        var reply = await AskAsync(capability, HttpMethod.Post, "/orders", order, cancellationToken);
        if (JsonSerializer.Deserialize<CapabilityStatus>(reply.Body, JsonSerializerOptions.Web) is { } status && status.Capability == capability)
        {
            phases.Follow(status);
        }

        return Answer(reply);
    }

    /// <summary>Reads something that the service tells of the capability.</summary>
    public async Task<IResult> ReadAsync(string capability, string path, CancellationToken cancellationToken) =>
        Answer(await AskAsync(capability, HttpMethod.Get, path, body: null, cancellationToken));

    /// <summary>Starts or ends a rollout. Refused as orders are.</summary>
    public async Task<IResult> OrderRolloutAsync(string capability, string path, RolloutRequest order, CancellationToken cancellationToken) =>
        Answer(await AskAsync(capability, HttpMethod.Post, path, order, cancellationToken));

    public async Task<IResult> VerifyAsync(string capability, CancellationToken cancellationToken) =>
        Answer(await AskAsync(capability, HttpMethod.Post, "/verify", body: null, cancellationToken, VerifyingProcess));

    public async Task<IResult> ReadVerificationAsync(string capability, CancellationToken cancellationToken) =>
        Answer(await AskAsync(capability, HttpMethod.Get, "/verify", body: null, cancellationToken, VerifyingProcess));

    /// <summary>Returns the name of a capability that exists.</summary>
    /// <exception cref="ProblemException">There is none of this name.</exception>
    public string Known(string capability) => settings.Catalog.Capabilities[IndexOf(capability)].Name;

    private async Task<ServiceReply> AskAsync(string capability, HttpMethod method, string path, object? body, CancellationToken cancellationToken, int? process = null)
    {
        var index = IndexOf(capability);
        try
        {
            var reply = await services.SendAsync(index, method, path, body, Timeout, cancellationToken, process);
            return reply.IsSuccess ? reply : throw RefusalOf(capability, reply);
        }
        catch (CapabilityServiceException silent)
        {
            throw new ProblemException(ProblemKinds.Unavailable, $"The {capability} service cannot be asked: {silent.Message}", innerException: silent);
        }
    }

    private int IndexOf(string capability)
    {
        for (var index = 0; index < settings.Catalog.Capabilities.Length; index++)
        {
            if (settings.Catalog.Capabilities[index].Name == capability)
            {
                return index;
            }
        }

        throw new ProblemException(ProblemKinds.NotFound,
            $"There is no capability '{capability}'; there are {string.Join(", ", settings.Catalog.Capabilities.Select(static known => known.Name))}.");
    }

    private static IResult Answer(ServiceReply reply) => Results.Bytes(reply.Body, reply.ContentType ?? MediaTypeNames.Application.Json);

    private static ProblemException RefusalOf(string capability, ServiceReply reply)
    {
        var detail = DetailOf(reply);
        return reply.Status switch
        {
            HttpStatusCode.BadRequest => new ProblemException(ProblemKinds.InvalidBody, detail ?? $"The {capability} service does not understand the request."),
            HttpStatusCode.NotFound => new ProblemException(ProblemKinds.NotFound, detail ?? $"The {capability} service has no such thing."),
            HttpStatusCode.Conflict => new ProblemException(ProblemKinds.Conflict, detail ?? $"The {capability} service refuses it.", retryAfter: reply.RetryAfter),
            HttpStatusCode.ServiceUnavailable => new ProblemException(ProblemKinds.Unavailable, detail ?? $"The {capability} service cannot do it now.", retryAfter: reply.RetryAfter),
            _ => new ProblemException(ProblemKinds.BadGateway, $"The {capability} service answered {(int)reply.Status}. {detail}".TrimEnd()),
        };
    }

    private static string? DetailOf(ServiceReply reply)
    {
        if (reply.ContentType?.StartsWith(ProblemJson.MediaType, StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Problem>(reply.Body, JsonSerializerOptions.Web)?.Detail;
        }
        catch (JsonException)
        {
            // A problem that cannot be read explains nothing; its status does.
            return null;
        }
    }
}
