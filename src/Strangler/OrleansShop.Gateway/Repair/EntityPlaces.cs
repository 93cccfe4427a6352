using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansShop.Gateway.Diagnostics;
using OrleansShop.Gateway.Settings;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Serving;

namespace OrleansShop.Gateway.Repair;

/// <summary>Has a service put one entity where it should be, and say who owns it now (<c>POST /strangler/{capability}/place</c>).</summary>
internal sealed partial class EntityPlaces(ServiceEndpoint services, GatewaySettings settings, GatewayMetrics metrics, TimeProvider time, ILogger<EntityPlaces> logger)
{
    /// <summary>Returns the owner; null if the service does not say.</summary>
    /// <param name="capability">The index of the capability.</param>
    /// <param name="kind">The kind of the entity.</param>
    /// <param name="id">Its id as the path has it.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    public async Task<EntityOwner?> PlaceAsync(int capability, string kind, string id, CancellationToken cancellationToken)
    {
        var name = settings.Catalog.Capabilities[capability].Name;
        var startedAt = time.GetTimestamp();
        try
        {
            var reply = await services.SendAsync(capability, HttpMethod.Post, "/place", new PlaceOrder(kind, id), settings.Repair.PlaceTimeout, cancellationToken);
            if (reply.Status is System.Net.HttpStatusCode.BadRequest or System.Net.HttpStatusCode.NotFound)
            {
                // An id that the service cannot read is one that no grain owns.
                return EntityOwner.Monolith;
            }

            if (reply.IsSuccess && JsonSerializer.Deserialize(reply.Body, PlaceJson.Default.PlaceReply) is { } placed)
            {
                return placed.Owner;
            }

            LogUnplaced(logger, name, kind, $"It answered {(int)reply.Status}.");
        }
        catch (CapabilityServiceException silent)
        {
            LogUnplaced(logger, name, kind, silent.Message);
        }
        catch (JsonException unreadable)
        {
            LogUnplaced(logger, name, kind, $"It answered something that is no place: {unreadable.Message}");
        }
        finally
        {
            metrics.Placed(name, time.GetElapsedTime(startedAt));
        }

        return null;
    }

    [LoggerMessage(3533, LogLevel.Warning, "{Capability}: its service does not say who owns a {Kind}. {Reason}")]
    private static partial void LogUnplaced(ILogger logger, string capability, string kind, string reason);
}

/// <summary>Which entity to place.</summary>
internal sealed record PlaceOrder(string Kind, string Id);

/// <summary>Who owns the entity now.</summary>
internal sealed record PlaceReply(EntityOwner Owner);

[JsonSerializable(typeof(PlaceReply))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true)]
internal sealed partial class PlaceJson : JsonSerializerContext;
