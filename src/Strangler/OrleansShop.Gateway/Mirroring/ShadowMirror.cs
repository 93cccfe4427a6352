using System.Collections.Frozen;
using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using OrleansShop.Gateway.Diagnostics;
using OrleansShop.Gateway.Figures;
using OrleansShop.Gateway.Forwarding;
using OrleansShop.Gateway.Phases;
using OrleansShop.Gateway.Routing;
using OrleansShop.Gateway.Settings;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Entities;

namespace OrleansShop.Gateway.Mirroring;

/// <summary>
/// Has a sample of the reads of capabilities in Shadow answered by the grain service too, after the monolith has answered the client, and compares. What differs is asked of the monolith once more: where it differs from
/// itself, because of a write in between or by its nature, is noise. Clients wait for nothing of this: samples wait in a bounded queue, and those that do not fit are dropped and counted.
/// </summary>
internal sealed partial class ShadowMirror : BackgroundService
{
    private const int Workers = 2;
    private const string WholeBody = "(body)";

    private readonly GatewaySettings _settings;
    private readonly Backends _backends;
    private readonly BackendConnections _connections;
    private readonly ForwardedHeaders _forwardedHeaders;
    private readonly CapabilityFigures _figures;
    private readonly GatewayMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<ShadowMirror> _logger;
    private readonly Channel<ReadSample> _samples;
    private readonly FrozenDictionary<string, RouteFindings> _findings;
    private readonly long[] _dropped;
    private uint _turn;

    public ShadowMirror(
        GatewaySettings settings, Backends backends, BackendConnections connections, ForwardedHeaders forwardedHeaders, CapabilityFigures figures, GatewayMetrics metrics, TimeProvider time,
        ILogger<ShadowMirror> logger)
    {
        _settings = settings;
        _backends = backends;
        _connections = connections;
        _forwardedHeaders = forwardedHeaders;
        _figures = figures;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _samples = Channel.CreateBounded<ReadSample>(settings.Mirroring.QueueLength);
        _dropped = new long[settings.Catalog.Capabilities.Length];
        _findings = settings.Catalog.Capabilities.SelectMany(static capability => capability.Routes).Select(static route => route.Template).Distinct()
            .ToFrozenDictionary(static template => template, static template => new RouteFindings(template));
    }

    /// <summary>Returns the sample to note the monolith's answer in, if this read is one of those to compare.</summary>
    public ReadSample? TrySample(HttpRequest request, RouteAction action, PhaseSnapshot snapshot)
    {
        // What the index answers has no copies: lists are compared by comparing what they list.
        if (action.Route.Kind != RouteKind.Entity || !HttpMethods.IsGet(request.Method) || (ulong)Interlocked.Increment(ref _turn) * (uint)_settings.Mirroring.Percent % 100 >= (uint)_settings.Mirroring.Percent)
        {
            return null;
        }

        // Parts and "not modified" say too little to compare.
        return request.Headers.IfNoneMatch.Count > 0 || request.Headers.IfModifiedSince.Count > 0 || request.Headers.Range.Count > 0
            ? null
            : new ReadSample(action, request, snapshot.RecordOf(action).Since, _settings.Mirroring.MaxAnswerBytes);
    }

    /// <summary>The transform that notes the answer.</summary>
    public MirroringTransform TransformFor(ReadSample sample) => new(_forwardedHeaders, sample);

    /// <summary>Takes a sample whose answer has reached the client.</summary>
    public void Offer(ReadSample sample)
    {
        if (sample.IsWhole && _samples.Writer.TryWrite(sample))
        {
            return;
        }

        Interlocked.Increment(ref _dropped[sample.Capability]);
        _metrics.Mirrored(sample.Route.Capability, "dropped");
    }

    /// <summary>What was found for a capability.</summary>
    public DifferencesAnswer Report(string capability)
    {
        var index = _settings.Catalog.Capabilities.IndexOf(_settings.Catalog.Get(capability));
        var routes = _settings.Catalog.Capabilities[index].Routes.Select(static route => route.Template).Distinct()
            .Select(template => _findings[template].Report()).Where(static route => route.Compared + route.Failed > 0);
        return new DifferencesAnswer(capability, Interlocked.Read(ref _dropped[index]), [.. routes]);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(stoppingToken)));

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var sample in _samples.Reader.ReadAllAsync(stoppingToken))
            {
                await CompareAsync(sample, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops; what waits is a sample anyway.
        }
    }

    private async Task CompareAsync(ReadSample sample, CancellationToken stoppingToken)
    {
        var findings = _findings[sample.Route.Template];
        try
        {
            var rules = _settings.Catalog.Capabilities[sample.Capability].Compare;
            var service = await AskAsync(_backends.Services[sample.Capability], sample, isShadow: true, stoppingToken);
            if (service.Status == (int)HttpStatusCode.MisdirectedRequest)
            {
                findings.Failed(sample.Since);
                _metrics.Mirrored(sample.Route.Capability, "failed");
                return;
            }

            var differences = DifferencesOf(sample.Status, sample.Body, service, rules);
            if (differences.Count == 0)
            {
                findings.Compared(sample.Since, example: null, noise: []);
                _figures.Compared(sample.Capability, isDifferent: false);
                _metrics.Mirrored(sample.Route.Capability, "equal");
                return;
            }

            var again = await AskAsync(_backends.Monolith, sample, isShadow: false, stoppingToken);
            var noise = DifferencesOf(sample.Status, sample.Body, again, rules).Select(static difference => difference.Path).ToHashSet(StringComparer.Ordinal);
            var real = differences.Where(difference => !noise.Contains(difference.Path) && !noise.Contains(WholeBody)).ToList();
            var example = real.Count == 0 ? null : new DifferenceExample(sample.Target, _time.GetUtcNow(), sample.Status, service.Status, real);
            findings.Compared(sample.Since, example, noise);
            _figures.Compared(sample.Capability, isDifferent: example is not null);
            _metrics.Mirrored(sample.Route.Capability, example is null ? "noise" : "different");
        }
        catch (Exception silent) when (silent is HttpRequestException or IOException || (silent is OperationCanceledException && !stoppingToken.IsCancellationRequested))
        {
            findings.Failed(sample.Since);
            _metrics.Mirrored(sample.Route.Capability, "failed");
            LogFailed(_logger, sample.Route.Capability, sample.Route.Template, silent);
        }
    }

    private async Task<(int Status, ReadOnlyMemory<byte> Body)> AskAsync(Backend backend, ReadSample sample, bool isShadow, CancellationToken stoppingToken)
    {
        var tried = 0UL;
        var destination = backend.Pick(ref tried)!;
        using var deadline = new CancellationTokenSource(_settings.Mirroring.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stoppingToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, destination.Prefix + sample.Target);
        foreach (var (name, value) in sample.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (isShadow) request.Headers.Add(ShadowReads.Header, "1");
        using var response = await _connections.Client.SendAsync(request, either.Token);
        await response.Content.LoadIntoBufferAsync(_settings.Mirroring.MaxAnswerBytes, either.Token);
        return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(either.Token));
    }

    private static IReadOnlyList<JsonDifference> DifferencesOf(int status, ReadOnlyMemory<byte> body, (int Status, ReadOnlyMemory<byte> Body) other, CompareRules rules)
    {
        if (status != other.Status)
        {
            return [new JsonDifference("(status)", $"{status}", $"{other.Status}")];
        }

        if (body.Span.SequenceEqual(other.Body.Span))
        {
            return [];
        }

        try
        {
            using var left = JsonDocument.Parse(body);
            using var right = JsonDocument.Parse(other.Body);
            return JsonComparison.Compare(left.RootElement, right.RootElement, rules);
        }
        catch (JsonException)
        {
            return [new JsonDifference(WholeBody, $"{body.Length} bytes", $"{other.Body.Length} bytes")];
        }
    }

    [LoggerMessage(3534, LogLevel.Debug, "An answer of {Capability} at {Route} could not be compared.")]
    private static partial void LogFailed(ILogger logger, string capability, string route, Exception exception);
}
