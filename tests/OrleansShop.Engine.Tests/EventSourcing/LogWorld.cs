using Microsoft.Extensions.DependencyInjection;
using Orleans.EventSourcing;
using Orleans.EventSourcing.LogStorage;
using Orleans.EventSourcing.StateStorage;
using Orleans.Serialization;
using Orleans.Storage;
using OrleansShop.Engine.Storage;
using OrleansShop.Testing.Time;

namespace OrleansShop.Engine.Tests.EventSourcing;

/// <summary>Several activations of one grain over one stored record, on one thread, with a clock and a storage that do only what the test says.</summary>
internal sealed class LogWorld : IDisposable
{
    private static int s_last;

    private readonly ServiceProvider _services = Serialization.Serialization.Start();
    private readonly MemoryGrainStorage _record;
    private readonly ILogViewAdaptorFactory _provider;

    public LogWorld(ILogViewAdaptorFactory provider, int writers)
    {
        _provider = provider;
        var serializer = new OrleansGrainStorageSerializer(_services.GetRequiredService<Serializer>());
        var store = MemoryStore.Open("log-world", Interlocked.Increment(ref s_last).ToString(System.Globalization.CultureInfo.InvariantCulture), "record");
        _record = new MemoryGrainStorage("record", store, serializer, new StateActivators());
        Storage = new GatedStorage(_record) { Written = CheckThatTheLogOnlyGrew };
        Writers = [.. Enumerable.Range(0, writers).Select(NewWriter)];
    }

    public TurnPump Pump { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    public GatedStorage Storage { get; }

    public LogWriter[] Writers { get; }

    /// <summary>What is stored, as a plain list.</summary>
    public List<string> Stored { get; private set; } = [];

    /// <summary>Writes that changed what was stored instead of adding to it.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>Lets everything that waits for storage or time come to its end, without faults.</summary>
    public void Settle()
    {
        for (var round = 0; round < 1_000; round++)
        {
            Pump.RunAll();
            while (Storage.WaitingCount != 0)
            {
                Storage.Settle(0, Outcome.Done);
                Pump.RunAll();
            }

            Time.Advance(TimeSpan.FromMinutes(1));
            Pump.RunAll();
            if (Storage.WaitingCount == 0) return;
        }

        throw new TimeoutException("The writers do not come to rest.");
    }

    /// <summary>Does the next access to storage, and what follows from it.</summary>
    public void Next(Outcome outcome = Outcome.Done)
    {
        Storage.Settle(0, outcome);
        Pump.RunAll();
    }

    /// <summary>Runs something in a turn of the writers, which all take turns on this thread.</summary>
    public T Do<T>(Func<T> action)
    {
        T result = default!;
        Pump.Do(() => result = action());
        return result;
    }

    /// <summary>What the record has right now.</summary>
    public List<string> ReadRecord() => _provider is Orleans.EventSourcing.LogStorage.LogConsistencyProvider
        ? [.. Read<LogStateWithMetaData<Entry>>()?.Log.Select(static entry => entry.Name) ?? []]
        : [.. Read<GrainStateWithMetaData<EntryList>>()?.State.Names ?? []];

    public void Dispose()
    {
        _record.Dispose();
        _services.Dispose();
    }

    private LogWriter NewWriter(int index)
    {
        var writer = new LogWriter($"w{index}", _services.GetRequiredService<DeepCopier>(), Time);
        writer.View = _provider.MakeLogViewAdaptor(writer, new EntryList(), "record", Storage, writer);
        return writer;
    }

    private T? Read<T>()
    {
        var state = new GrainState<T>();

        // Memory storage answers at once.
        _record.ReadStateAsync("record", GrainId.Create("log", "1"), state).GetAwaiter().GetResult();
        return state.State;
    }

    private void CheckThatTheLogOnlyGrew()
    {
        var now = ReadRecord();
        if (now.Count != 0 && !now.Take(Stored.Count).SequenceEqual(Stored))
            Violations.Add($"The log was [{string.Join(' ', Stored)}] and became [{string.Join(' ', now)}].");
        Stored = now;
    }
}
