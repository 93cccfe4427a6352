namespace Orleans.Streams;

/// <summary>Says how much may be taken out of a queue.</summary>
public interface IQueueFlowController
{
    /// <summary>Returns how many messages may be added now.</summary>
    int GetMaxAddCount();
}
