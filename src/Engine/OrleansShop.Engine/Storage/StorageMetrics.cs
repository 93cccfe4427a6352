using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OrleansShop.Engine.Storage;

/// <summary>How long reads, writes and clears of states take, and how many fail.</summary>
internal sealed class StorageMetrics(Meter meter)
{
    private readonly Operation _read = new(meter, "read");
    private readonly Operation _write = new(meter, "write");
    private readonly Operation _clear = new(meter, "clear");

    public Measurement Read(Type provider, string stateName, Type stateType) => new(_read, provider, stateName, stateType);

    public Measurement Write(Type provider, string stateName, Type stateType) => new(_write, provider, stateName, stateType);

    public Measurement Clear(Type provider, string stateName, Type stateType) => new(_clear, provider, stateName, stateType);

    /// <summary>One operation on its way. Disposed without <see cref="Succeeded"/>, it counts as failed.</summary>
    internal struct Measurement(Operation operation, Type provider, string stateName, Type stateType) : IDisposable
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private bool _succeeded;

        public void Succeeded() => _succeeded = true;

        public readonly void Dispose()
        {
            var tags = new TagList { { "provider_type_name", provider.Name }, { "state_name", stateName }, { "state_type", stateType.Name } };
            if (_succeeded) operation.Latency.Record(Stopwatch.GetElapsedTime(_started).TotalMilliseconds, tags);
            else operation.Errors.Add(1, tags);
        }
    }

    internal sealed class Operation(Meter meter, string verb)
    {
        public Histogram<double> Latency { get; } = meter.CreateHistogram<double>($"orleans-storage-{verb}-latency", "ms");

        public Counter<int> Errors { get; } = meter.CreateCounter<int>($"orleans-storage-{verb}-errors");
    }
}
