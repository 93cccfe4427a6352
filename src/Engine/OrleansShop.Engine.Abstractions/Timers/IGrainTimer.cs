namespace Orleans.Runtime;

/// <summary>A timer of a grain. Disposing it ends it; a running callback is told through its cancellation token.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Starts over: due after <paramref name="dueTime"/>, then every <paramref name="period"/>. An endless due time pauses, an endless period means once.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}
