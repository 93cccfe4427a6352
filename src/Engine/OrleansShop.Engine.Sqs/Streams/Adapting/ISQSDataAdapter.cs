using Orleans.Streams;

namespace Orleans.Streaming.SQS.Streams;

/// <summary>Makes messages of SQS out of what is published, and reads them. Thread-safe.</summary>
public interface ISQSDataAdapter : IQueueDataAdapter<Amazon.SQS.Model.Message, IBatchContainer>
{
}
