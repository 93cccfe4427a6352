namespace OrleansShop.Engine.Streams.Monitoring;

/// <summary>Tells how the queues of stream providers stand whose agents run in this silo. Each queue has one agent in the cluster, so the reports of all silos together tell of all queues once.</summary>
public interface IQueueReports
{
    /// <summary>Asks the queues.</summary>
    Task<IReadOnlyList<QueueReport>> ReadAsync(CancellationToken cancellationToken);
}
