using OrleansShop.ServiceDefaults.Streams;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>The official engine's streams tell neither of their queues nor of what could not be delivered.</summary>
internal sealed class NoStreamOperations : IStreamOperations
{
    public Task<IReadOnlyList<QueueAnswer>> ReadQueuesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<QueueAnswer>>([]);

    public Task<(IReadOnlyList<DeadLetterAnswer> Letters, bool More)> ListAsync(DeadLetterSearch search, CancellationToken cancellationToken) =>
        Task.FromResult<(IReadOnlyList<DeadLetterAnswer>, bool)>(([], false));

    public Task<DeadLetterAnswer?> FindAsync(DeadLetterName name, CancellationToken cancellationToken) => Task.FromResult<DeadLetterAnswer?>(null);

    public Task<DeadLetterOrderAnswer> CarryOutAsync(DeadLetterOrder order, bool isPurge, CancellationToken cancellationToken) => Task.FromResult(new DeadLetterOrderAnswer(0, 0, [], []));
}
