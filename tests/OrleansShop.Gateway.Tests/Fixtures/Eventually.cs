using Xunit;

namespace OrleansShop.Gateway.Tests.Fixtures;

/// <summary>Waits for what happens in the background.</summary>
internal static class Eventually
{
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await condition())
        {
            Assert.False(deadline.IsCancellationRequested, $"Not within 20 s: {what}.");
            await Task.Delay(20);
        }
    }
}
