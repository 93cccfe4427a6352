using System.Diagnostics;

namespace OrleansShop.Engine.Tests;

/// <summary>Waits for a condition.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(20);

    public static Task Holds(Func<bool> condition, string what) => Holds(() => Task.FromResult(condition()), what);

    public static async Task Holds(Func<Task<bool>> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > s_deadline) throw new TimeoutException($"After {s_deadline} it still did not hold that {what}.");
            await Task.Delay(10);
        }
    }
}
