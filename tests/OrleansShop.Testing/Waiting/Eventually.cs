using System.Diagnostics;

namespace OrleansShop.Testing.Waiting;

/// <summary>Waits for a condition, with a deadline that a busy machine keeps.</summary>
public static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until something holds.</summary>
    /// <exception cref="TimeoutException">It did not within 60 s.</exception>
    public static Task Holds(Func<bool> condition, string what) => Holds(() => Task.FromResult(condition()), what);

    /// <summary>Waits until something holds.</summary>
    /// <exception cref="TimeoutException">It did not within 60 s.</exception>
    public static async Task Holds(Func<Task<bool>> condition, string what)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(since) > Deadline) throw new TimeoutException($"Not within {Deadline.TotalSeconds} s: {what}.");
            await Task.Delay(Pause);
        }
    }

    /// <summary>What a call returns, once it does not fail in a way that is expected for a while.</summary>
    public static async Task<T> Gets<T>(Func<Task<T>> call, Func<Exception, bool> isExpected)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception failure) when (isExpected(failure) && Stopwatch.GetElapsedTime(since) < Deadline)
            {
                await Task.Delay(Pause);
            }
        }
    }
}
