using System.Runtime.InteropServices;
using OrleansShop.Gateway.Forwarding;
using OrleansShop.Gateway.Routing;
using OrleansShop.Gateway.Settings;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Rollout;
using Yarp.ReverseProxy.Forwarder;

namespace OrleansShop.Gateway.Figures;

/// <summary>
/// Counts, for capabilities whose entities move, what each side has answered: the figures that rollouts decide by. Only requests for single entities and creations count, because those are spread over both sides alike; lists
/// all go to one. Counts only grow while the gateway runs. Thread-safe.
/// </summary>
internal sealed class CapabilityFigures(GatewaySettings settings, TimeProvider time)
{
    private readonly Counts[] _monolith = Many(settings);
    private readonly Counts[] _grains = Many(settings);
    private readonly long[] _compared = new long[settings.Catalog.Capabilities.Length];
    private readonly long[] _different = new long[settings.Catalog.Capabilities.Length];

    /// <summary>The moment from which a request's duration counts.</summary>
    public long Now => time.GetTimestamp();

    /// <summary>A side has had a request.</summary>
    /// <param name="action">What the request does.</param>
    /// <param name="isGrains">Which side it was sent to.</param>
    /// <param name="began">When, by <see cref="Now"/>.</param>
    /// <param name="outcome">What came of it. What the side has sent elsewhere, or a fence may have refused, does not count: it is sent to the other side.</param>
    /// <param name="http">The request, with its answer.</param>
    /// <remarks>Hot path where entities move: three interlocked additions, no allocation.</remarks>
    public void Answered(RouteAction action, bool isGrains, long began, ForwardingOutcome outcome, HttpContext http)
    {
        if (outcome != ForwardingOutcome.Answered || action.Route.Kind == RouteKind.List) return;

        // A client that gave up says nothing about the answer; how long it waited does. An answer that was broken off has the status that it began with.
        var status = http.Response.StatusCode;
        var isError = !http.RequestAborted.IsCancellationRequested
            && (status >= StatusCodes.Status500InternalServerError || (status < StatusCodes.Status400BadRequest && http.Features.Get<IForwarderErrorFeature>() is not null));
        (isGrains ? _grains : _monolith)[action.Capability].Add(time.GetElapsedTime(began), isError);
    }

    /// <summary>A request found no side that takes it, because of a move.</summary>
    public void Unplaced(RouteAction action, long began)
    {
        if (action.Route.Kind != RouteKind.List) _grains[action.Capability].Add(time.GetElapsedTime(began), isError: true);
    }

    /// <summary>The answers of both sides to one read were compared.</summary>
    public void Compared(int capability, bool isDifferent)
    {
        if (isDifferent) Interlocked.Increment(ref _different[capability]);
        Interlocked.Increment(ref _compared[capability]);
    }

    /// <summary>What was counted since this gateway started.</summary>
    /// <param name="capability">The index of the capability.</param>
    /// <param name="gateway">The name of this run of this gateway.</param>
    /// <param name="epoch">The epoch that this gateway goes by.</param>
    public GatewayFigures Read(int capability, string gateway, long epoch)
    {
        // What is counted last is read first, so that no more differ than were compared.
        var different = Interlocked.Read(ref _different[capability]);
        return new GatewayFigures(gateway, epoch, _monolith[capability].Read(), _grains[capability].Read(), Math.Max(different, Interlocked.Read(ref _compared[capability])), different);
    }

    private static Counts[] Many(GatewaySettings settings) => [.. settings.Catalog.Capabilities.Select(static _ => new Counts())];

    private sealed class Counts
    {
        private readonly long[] _latencies = new long[LatencyBuckets.Count];
        private long _requests;
        private long _errors;

        public void Add(TimeSpan duration, bool isError)
        {
            Interlocked.Increment(ref _requests);
            Interlocked.Increment(ref _latencies[LatencyBuckets.IndexOf(duration)]);
            if (isError) Interlocked.Increment(ref _errors);
        }

        public SideFigures Read()
        {
            // The other way round: never more errors than requests.
            var errors = Interlocked.Read(ref _errors);
            var latencies = new long[LatencyBuckets.Count];
            for (var index = 0; index < latencies.Length; index++) latencies[index] = Interlocked.Read(ref _latencies[index]);
            return new SideFigures(Interlocked.Read(ref _requests), errors, ImmutableCollectionsMarshal.AsImmutableArray(latencies));
        }
    }
}
