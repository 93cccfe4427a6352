using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OrleansShop.ServiceDefaults.Ecs;

/// <summary>Asks the task metadata endpoint, version 4, about the task that this process runs in.</summary>
internal sealed class EcsMetadata : IDisposable
{
    private const string AwsVpc = "awsvpc";

    private readonly Uri _container;
    private readonly Uri _task;
    private readonly string? _file;
    private readonly EcsMetadataLimits _limits;
    private readonly TimeProvider _time;
    private readonly Random _jitter;
    private readonly HttpClient _client;

    /// <param name="endpoint">The value of <see cref="EcsTask.MetadataVariable"/>.</param>
    /// <param name="file">The value of <see cref="EcsTask.FileVariable"/>; null if there is none.</param>
    /// <param name="limits">How patiently to ask.</param>
    /// <param name="time">The time.</param>
    /// <param name="jitter">Spreads the repetitions of tasks that start together.</param>
    /// <exception cref="EcsMetadataException">The endpoint is no http address.</exception>
    public EcsMetadata(string endpoint, string? file, EcsMetadataLimits limits, TimeProvider time, Random jitter)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp)
        {
            throw new EcsMetadataException($"{EcsTask.MetadataVariable} is '{endpoint}'; it must be the http address that ECS puts there. Outside of an ECS task, remove the variable.");
        }

        _container = address;
        _task = new Uri($"{address.AbsoluteUri.TrimEnd('/')}/task");
        _file = file;
        _limits = limits;
        _time = time;
        _jitter = jitter;

        // What the task's environment says of proxies is meant for the world outside; redirections are no part of the endpoint.
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = limits.MaxAnswerBytes,
        };
    }

    /// <summary>Asks until the answers are complete.</summary>
    /// <exception cref="EcsMetadataException">They were not within <see cref="EcsMetadataLimits.Overall"/>; the message has the last reason.</exception>
    public async Task<EcsTask> ReadAsync(CancellationToken cancellationToken)
    {
        var since = _time.GetTimestamp();
        var pause = _limits.FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            Exception failure;
            try
            {
                var container = await AskAsync(_container, EcsJson.Default.EcsContainerAnswer, cancellationToken);
                var task = await AskAsync(_task, EcsJson.Default.EcsTaskAnswer, cancellationToken);
                return await UnderstandAsync(container, task, cancellationToken);
            }
            catch (Exception passing) when (passing is HttpRequestException or IOException or JsonException or TimeoutException or FormatException or UnauthorizedAccessException)
            {
                failure = passing;
            }

            var next = pause * (1 - (_jitter.NextDouble() / 2));
            if (_time.GetElapsedTime(since) + next >= _limits.Overall)
            {
                throw new EcsMetadataException(
                    $"The task metadata endpoint {_container} ({EcsTask.MetadataVariable}) has not described this task within {_limits.Overall.TotalSeconds} s, in {attempt} attempts. Last: {failure.Message} "
                    + "Without it this silo does not know by which address others reach it. Set Cluster:AdvertisedAddress and Cluster:AdvertisedSiloPort to start without it.", failure);
            }

            await Task.Delay(next, _time, cancellationToken);
            pause = pause * 2 < _limits.LongestPause ? pause * 2 : _limits.LongestPause;
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<T> AskAsync<T>(Uri address, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var timeout = new CancellationTokenSource(_limits.PerRequest, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var answer = await _client.GetAsync(address, either.Token);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw new HttpRequestException($"{address} answered {(int)answer.StatusCode} instead of 200.");
            }

            return JsonSerializer.Deserialize(await answer.Content.ReadAsByteArrayAsync(either.Token), type) ?? throw new JsonException($"{address} answered null instead of an object.");
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{address} did not answer within {_limits.PerRequest.TotalSeconds} s.", late);
        }
        catch (JsonException nonsense)
        {
            throw new JsonException($"{address} answered something else than the JSON of the task metadata endpoint, version 4: {nonsense.Message}", nonsense);
        }
    }

    private async Task<EcsTask> UnderstandAsync(EcsContainerAnswer container, EcsTaskAnswer task, CancellationToken cancellationToken)
    {
        var network = container.Networks?.OfType<EcsNetworkAnswer>().FirstOrDefault(static network => !string.IsNullOrEmpty(network.NetworkMode))
            ?? throw new FormatException("The container has no entry in Networks with a NetworkMode.");
        var arn = task.Arn ?? throw new FormatException("The task has no TaskARN.");
        var address = network.NetworkMode == AwsVpc ? AddressOf(network) : _file is null ? null : await HostAddressAsync(_file, cancellationToken);
        return new EcsTask(
            task.ServiceName is { Length: > 0 } service ? service : task.Family is { Length: > 0 } family ? family : throw new FormatException("The task has neither ServiceName nor Family."),
            arn[(arn.LastIndexOf('/') + 1)..],
            network.NetworkMode!,
            address,
            HostPortsOf(container));
    }

    // The endpoint knows the container's address in the host's bridge only, which nobody outside of the host reaches.
    private async Task<IPAddress> HostAddressAsync(string file, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file);
        if (content.Length > _limits.MaxAnswerBytes) throw new FormatException($"{file} ({EcsTask.FileVariable}) has {content.Length} bytes; it must have at most {_limits.MaxAnswerBytes}.");
        var answer = await JsonSerializer.DeserializeAsync(content, EcsJson.Default.EcsContainerFile, cancellationToken);
        return IPAddress.TryParse(answer?.HostPrivateIPv4Address, out var address) ? address : throw new FormatException($"{file} ({EcsTask.FileVariable}) has no address in HostPrivateIPv4Address.");
    }

    private static IPAddress AddressOf(EcsNetworkAnswer network)
    {
        foreach (var text in (network.IPv4Addresses ?? []).Concat(network.IPv6Addresses ?? []))
        {
            if (IPAddress.TryParse(text, out var address)) return address;
        }

        throw new FormatException($"The container's network of mode {AwsVpc} has no address in IPv4Addresses or IPv6Addresses.");
    }

    private static ImmutableDictionary<int, int> HostPortsOf(EcsContainerAnswer container)
    {
        var ports = ImmutableDictionary.CreateBuilder<int, int>();
        foreach (var port in (container.Ports ?? []).OfType<EcsPortAnswer>())
        {
            // The same port can be listed once for each version of the internet protocol.
            if (port is { ContainerPort: > 0 and <= ushort.MaxValue, HostPort: > 0 and <= ushort.MaxValue, Protocol: null or "tcp" }) ports[port.ContainerPort.Value] = port.HostPort.Value;
        }

        return ports.ToImmutable();
    }
}
