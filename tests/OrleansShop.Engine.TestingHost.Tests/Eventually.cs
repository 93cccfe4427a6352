using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests;

/// <summary>Waits for a condition, with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static Task Holds(Func<bool> condition, string what) => Holds(() => Task.FromResult(condition()), what);

    public static async Task Holds(Func<Task<bool>> condition, string what)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Deadline, $"Not within {Deadline.TotalSeconds} s: {what}");
            await Task.Delay(5);
        }
    }

    /// <summary>What a call returns, once it does not fail in the way that is expected for a while.</summary>
    public static async Task<T> Gets<T>(Func<Task<T>> call, Func<Exception, bool> isExpected)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception failure) when (isExpected(failure) && TimeProvider.System.GetElapsedTime(since) < Deadline)
            {
                await Task.Delay(5);
            }
        }
    }
}
