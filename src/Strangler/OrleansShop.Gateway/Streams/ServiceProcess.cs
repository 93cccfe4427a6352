using System.Collections.Immutable;
using OrleansShop.Gateway.Forwarding;

namespace OrleansShop.Gateway.Streams;

/// <summary>An address at which there may be a process of one service, or of several that share it.</summary>
internal sealed class ServiceProcess(Uri address, ImmutableArray<(Backend Service, Destination Place)> places)
{
    public Uri Address { get; } = address;

    /// <summary>The address as answers have it: without a slash at the end.</summary>
    public string Name { get; } = address.ToString().TrimEnd('/');

    public IEnumerable<Backend> Services => places.Select(static place => place.Service);

    /// <summary>Whether it has answered anything since the gateway started: a health check, or a question.</summary>
    public bool HasAnswered => places.Any(static place => place.Place.HasAnswered);

    /// <summary>The processes of all services. Several services may share one.</summary>
    public static ImmutableArray<ServiceProcess> AllOf(Backends backends) =>
    [
        .. from service in backends.Services
           from place in service.Destinations
           group (service, place) by place.Address into shared
           select new ServiceProcess(shared.Key, [.. shared]),
    ];

    /// <summary>Notes that it has answered.</summary>
    public void Answered()
    {
        foreach (var (_, place) in places) place.Answered();
    }
}
