using OrleansShop.EndToEnd.Tests.Systems;
using Xunit;

namespace OrleansShop.EndToEnd.Tests.Moves;

/// <summary>Capabilities move entity by entity, forwards and back, while clients write: they see no error, and lose nothing.</summary>
public sealed class LiveMoveTests
{
    [Fact]
    public async Task Clients_see_no_error_and_lose_nothing_while_capabilities_move_there_and_back_in_one_process()
    {
        await using var system = await AppHostSystem.StartAsync();
        await MoveThereAndBackAsync(
            system.Client, system.ShopctlAsync,
            "shadow owners", "canary owners 30", "canary owners 80", "promote owners", "lists owners grains", "verify owners",
            "shadow pets", "canary pets 50", "promote pets", "lists pets grains", "verify pets",
            "rollback owners", "shadow visits", "canary visits 50", "rollback pets", "rollback visits");
    }

    private static async Task MoveThereAndBackAsync(HttpClient client, Func<string[], Task<ShopctlResult>> shopctl, params string[] orders)
    {
        await using var traffic = await Traffic.StartAsync(client);
        foreach (var order in orders)
        {
            var result = await shopctl(order.Split(' '));
            Assert.True(result.ExitCode == 0, $"shopctl {order} ended with {result.ExitCode}:\n{result.Output}");
            await traffic.GoOnAsync();
        }

        await traffic.StopAsync();
    }
}
