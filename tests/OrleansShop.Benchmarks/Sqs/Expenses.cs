using System.Diagnostics.Metrics;
using System.Globalization;

namespace OrleansShop.Benchmarks.Sqs;

/// <summary>What has been spent until a moment: calls to SQS by operation, bytes that this process has allocated, and the processor's time of this process and of those that it has started.</summary>
internal sealed record Expenses(IReadOnlyDictionary<string, long> Calls, double Microseconds, double EmulatorMicroseconds, long Bytes)
{
    // Where Linux says them: the parent is the second field after the name in parentheses, times are the 12th and 13th.
    private const int ParentField = 1;
    private const int UserTimeField = 11;

    /// <summary>The clock of /proc/PID/stat, which is the same on all architectures that .NET runs on.</summary>
    private const double MicrosecondsPerTick = 10_000;

    public long AllCalls => Calls.Values.Sum();

    public static Expenses Now(Counter calls) => new(calls.Snapshot(), Environment.CpuUsage.TotalTime.TotalMicroseconds, OfDescendants(), GC.GetTotalAllocatedBytes());

    public long CallsOf(string operation) => Calls.Where(call => call.Key == operation || call.Key == $"{operation}Batch").Sum(static call => call.Value);

    public static Expenses operator -(Expenses later, Expenses earlier) => new(
        later.Calls.ToDictionary(static call => call.Key, call => call.Value - earlier.Calls.GetValueOrDefault(call.Key)),
        later.Microseconds - earlier.Microseconds, later.EmulatorMicroseconds - earlier.EmulatorMicroseconds, later.Bytes - earlier.Bytes);

    // The emulator is a child of a shell that is this process's child. Elsewhere than on Linux nothing is known of it.
    private static double OfDescendants()
    {
        if (!OperatingSystem.IsLinux()) return double.NaN;
        var (parents, times) = (new Dictionary<int, int>(), new Dictionary<int, double>());
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id) || Read(Path.Combine(folder, "stat")) is not { } fields) continue;
            parents[id] = int.Parse(fields[ParentField], CultureInfo.InvariantCulture);
            times[id] = (long.Parse(fields[UserTimeField], CultureInfo.InvariantCulture) + long.Parse(fields[UserTimeField + 1], CultureInfo.InvariantCulture)) * MicrosecondsPerTick;
        }

        return times.Where(process => Descends(process.Key)).Sum(static process => process.Value);

        bool Descends(int id) => parents.TryGetValue(id, out var parent) && (parent == Environment.ProcessId || Descends(parent));
    }

    private static string[]? Read(string file)
    {
        try
        {
            var text = File.ReadAllText(file);
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }

    /// <summary>Counts tries of calls to SQS of all clients of this process.</summary>
    internal sealed class Counter : IDisposable
    {
        private readonly MeterListener _listener = new();

        // Guards the calls.
        private readonly Lock _gate = new();
        private readonly Dictionary<string, long> _calls = [];

        public Counter()
        {
            _listener.InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name == "sqs.calls") listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
            {
                var operation = "";
                foreach (var (name, value) in tags)
                {
                    if (name == "operation") operation = (string)value!;
                }

                lock (_gate)
                    _calls[operation] = _calls.GetValueOrDefault(operation) + count;
            });
            _listener.Start();
        }

        public Dictionary<string, long> Snapshot()
        {
            lock (_gate)
                return new(_calls);
        }

        public void Dispose() => _listener.Dispose();
    }
}
