namespace Orleans.Streams;

/// <summary>A place in a stream that moves forward. Messages from it on stay in the cache until it is disposed.</summary>
public interface IQueueCacheCursor : IDisposable
{
    /// <summary>Returns the message that the cursor is at; null if it is at none.</summary>
    /// <param name="exception">Why the message cannot be had; null if it can.</param>
    IBatchContainer? GetCurrent(out Exception? exception);

    /// <summary>Moves to the next message of the stream; false if there is none yet. Then what was current is done with.</summary>
    bool MoveNext();

    /// <summary>Called when messages were added.</summary>
    void Refresh(StreamSequenceToken? token);

    /// <summary>Called when the current message could not be delivered.</summary>
    void RecordDeliveryFailure();
}
