using OrleansShop.Strangler.Index;

namespace OrleansShop.Strangler.Outbox;

/// <summary>The mark of one entity, in its service's table.</summary>
internal sealed class EntityMarks(IOutboxMarkTable table, EntityKey key) : IOutboxMarks
{
    public Task<OutboxMark> MarkAsync(OutboxMark mark) => table.MarkAsync(key, mark);

    public Task<OutboxMark?> FindAsync() => table.FindMarkAsync(key);

    public Task EndAsync(long token) => table.EndMarkAsync(key, token);
}
