using System.Diagnostics;
using System.Diagnostics.Metrics;
using Orleans.Diagnostics;
using Orleans.Runtime;
using Orleans.Storage;

namespace OrleansShop.Engine.Storage;

/// <summary>Reads, writes and clears of states: how long they take, how many fail, and their activities.</summary>
/// <remarks>Costs three checks when nobody listens: no time is taken, no tag is made.</remarks>
internal sealed class StorageOperations(Meter meter)
{
    private static readonly ActivitySource s_source = new(ActivitySources.StorageActivitySourceName);

    private readonly Kind _read = new(meter, "read");
    private readonly Kind _write = new(meter, "write");
    private readonly Kind _clear = new(meter, "clear");

    public Operation Read<TState>(IGrainStorage storage, string stateName, GrainId grain) => new(_read, storage.GetType(), stateName, typeof(TState), grain);

    public Operation Write<TState>(IGrainStorage storage, string stateName, GrainId grain) => new(_write, storage.GetType(), stateName, typeof(TState), grain);

    public Operation Clear<TState>(IGrainStorage storage, string stateName, GrainId grain) => new(_clear, storage.GetType(), stateName, typeof(TState), grain);

    /// <summary>One operation on its way. Disposed without <see cref="Succeeded"/> or <see cref="Failed"/>, it counts as failed.</summary>
    internal struct Operation : IDisposable
    {
        private readonly Kind _kind;
        private readonly Type _provider;
        private readonly string _stateName;
        private readonly Type _stateType;
        private readonly long _started;
        private readonly Activity? _activity;
        private bool _succeeded;

        public Operation(Kind kind, Type provider, string stateName, Type stateType, GrainId grain)
        {
            (_kind, _provider, _stateName, _stateType) = (kind, provider, stateName, stateType);
            if (kind.Latency.Enabled) _started = Stopwatch.GetTimestamp();
            _activity = s_source.HasListeners() ? s_source.StartActivity(kind.ActivityName, ActivityKind.Client) : null;
            if (_activity is not { IsAllDataRequested: true } activity) return;
            activity.SetTag("orleans.grain.id", grain.ToString());
            activity.SetTag("orleans.storage.provider", provider.Name);
            activity.SetTag("orleans.storage.state.name", stateName);
            activity.SetTag("orleans.storage.state.type", stateType.Name);
        }

        public void Succeeded() => _succeeded = true;

        public readonly void Failed(Exception exception)
        {
            _activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            _activity?.AddException(exception);
        }

        public readonly void Dispose()
        {
            _activity?.Dispose();
            if (_succeeded && _started != 0) _kind.Latency.Record(Stopwatch.GetElapsedTime(_started).TotalMilliseconds, Tags());
            else if (!_succeeded && _kind.Errors.Enabled) _kind.Errors.Add(1, Tags());
        }

        private readonly TagList Tags() => new() { { "provider_type_name", _provider.Name }, { "state_name", _stateName }, { "state_type", _stateType.Name } };
    }

    internal sealed class Kind(Meter meter, string verb)
    {
        public string ActivityName { get; } = $"{verb} storage";

        public Histogram<double> Latency { get; } = meter.CreateHistogram<double>($"orleans-storage-{verb}-latency", "ms");

        public Counter<int> Errors { get; } = meter.CreateCounter<int>($"orleans-storage-{verb}-errors");
    }
}
