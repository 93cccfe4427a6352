namespace OrleansShop.Engine.Processes.Tests.Counters;

/// <summary>Counts, and remembers each increment, so that a lost or a doubled one shows.</summary>
public interface ICounterGrain : IGrainWithStringKey
{
    /// <summary>Counts one. It is stored when the call returns.</summary>
    /// <param name="id">Which. The grain does not look whether it has counted it before.</param>
    Task<Counted> Increment(long id);

    /// <summary>How far it has counted; from memory.</summary>
    Task<Counted> Count();

    /// <summary>Takes its time, so that a call is under way.</summary>
    Task<int> Hold(TimeSpan time);

    /// <summary>The process that it lives in.</summary>
    Task<int> ProcessId();

    /// <summary>The ids that are in the store now, in their order.</summary>
    Task<long[]> Stored();
}

/// <summary>What a counter answers.</summary>
/// <param name="ProcessId">The process that it lives in.</param>
/// <param name="Count">How many increments it has counted.</param>
[GenerateSerializer]
public sealed record Counted([property: Id(0)] int ProcessId, [property: Id(1)] int Count);
