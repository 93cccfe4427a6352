namespace Orleans.Streams;

/// <summary>A mapper whose queues lie on a hash ring.</summary>
public interface IConsistentRingStreamQueueMapper : IStreamQueueMapper
{
}
