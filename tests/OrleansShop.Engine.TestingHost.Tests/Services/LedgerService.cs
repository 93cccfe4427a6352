using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime.Services;
using Orleans.Services;

namespace OrleansShop.Engine.TestingHost.Tests.Services;

public interface ILedgerService : IGrainService
{
    Task<SiloAddress> Enter(GrainId grain, string text);

    Task<SiloAddress> Where();
}

[Reentrant]
public sealed class LedgerService(GrainId id, Silo silo, ILoggerFactory loggerFactory, LedgerBook book) : GrainService(id, silo, loggerFactory), ILedgerService
{
    public override Task Init(IServiceProvider serviceProvider)
    {
        book.Note(Silo, $"init {Status}");
        return base.Init(serviceProvider);
    }

    public override async Task Start()
    {
        await base.Start();
        book.Put(Silo, this);
        book.Note(Silo, $"start {Status}");
    }

    public override async Task Stop()
    {
        await base.Stop();
        book.Note(Silo, $"stop {Status} {StoppedCancellationTokenSource.IsCancellationRequested}");
    }

    public override Task OnRangeChange(IRingRange oldRange, IRingRange newRange, bool increased)
    {
        book.Note(Silo, increased ? "gain" : "loss");
        if (!ReferenceEquals(TaskScheduler.Current, TaskSchedulerOfTurns)) book.Note(Silo, "not in a turn");
        return base.OnRangeChange(oldRange, newRange, increased);
    }

    public Task<SiloAddress> Enter(GrainId grain, string text) => Task.FromResult(Silo);

    public Task<SiloAddress> Where() => Task.FromResult(Silo);

    public bool IsResponsibleFor(uint hash) => RingRange.InRange(hash);

    public long ShareOfRing => RangeFactory.GetSubRanges(RingRange).Sum(static piece => (long)unchecked(piece.End - piece.Begin));

    private TaskScheduler TaskSchedulerOfTurns => TaskScheduler.Current is IGrainContext context && context.GrainId == GrainId ? TaskScheduler.Current : TaskScheduler.Default;
}

/// <summary>What the instances of a test have to say.</summary>
public sealed class LedgerBook
{
    private readonly ConcurrentDictionary<SiloAddress, ConcurrentQueue<string>> _notes = new();

    public ConcurrentDictionary<SiloAddress, LedgerService> Instances { get; } = new();

    public void Put(SiloAddress silo, LedgerService service) => Instances[silo] = service;

    public void Note(SiloAddress silo, string what) => _notes.GetOrAdd(silo, static _ => new()).Enqueue(what);

    public string[] NotesOf(SiloAddress silo) => [.. _notes.GetValueOrDefault(silo) ?? []];
}

public interface ILedgerClient : IGrainServiceClient<ILedgerService>
{
    Task<SiloAddress> Enter(string text);

    Task<SiloAddress> WhereOf(uint hash);

    Task<SiloAddress> WhereAt(SiloAddress silo);
}

public sealed class LedgerClient(IServiceProvider services) : GrainServiceClient<ILedgerService>(services), ILedgerClient
{
    public Task<SiloAddress> Enter(string text) => GetGrainService(CurrentGrainReference.GrainId).Enter(CurrentGrainReference.GrainId, text);

    public Task<SiloAddress> WhereOf(uint hash) => GetGrainService(hash).Where();

    public Task<SiloAddress> WhereAt(SiloAddress silo) => GetGrainService(silo).Where();
}

public interface ILedgerUser : IGrainWithIntegerKey
{
    Task<SiloAddress> Enter(string text);
}

public sealed class LedgerUser(ILedgerClient ledger) : Grain, ILedgerUser
{
    public Task<SiloAddress> Enter(string text) => ledger.Enter(text);
}
