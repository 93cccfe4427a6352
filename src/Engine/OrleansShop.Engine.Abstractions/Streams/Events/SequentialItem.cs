namespace Orleans.Streams;

/// <summary>An event and its place in the stream.</summary>
[GenerateSerializer]
public class SequentialItem<T>
{
    /// <summary>Creates the pair.</summary>
    public SequentialItem(T item, StreamSequenceToken token)
    {
        Item = item;
        Token = token;
    }

    /// <summary>The event.</summary>
    [Id(0)]
    public T Item { get; }

    /// <summary>Its place.</summary>
    [Id(1)]
    public StreamSequenceToken Token { get; }
}
