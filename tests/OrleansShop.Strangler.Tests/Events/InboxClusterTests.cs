using System.Text.Json;
using Orleans.TestingHost;
using OrleansShop.Strangler.Events;
using Xunit;

namespace OrleansShop.Strangler.Tests.Events;

/// <summary>An inbox in a grain, with its state in a store.</summary>
public sealed class InboxClusterTests
{
    [Fact]
    public async Task An_event_is_handled_once_also_by_the_next_activation()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo(static (_, silo) => silo.AddMemoryGrainStorage("totals"));
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        var total = cluster.Client.GetGrain<ITotalGrain>("all");

        var receipts = new List<EventReceipt>();
        foreach (var sequence in new[] { 1, 3, 1, 2, 3, 2, 4 })
        {
            receipts.Add(await total.TakeAsync(Credited(sequence)));
            await total.EndActivationAsync();
        }

        Assert.Equal([EventReceipt.New, EventReceipt.New, EventReceipt.Duplicate, EventReceipt.New, EventReceipt.Duplicate, EventReceipt.Duplicate, EventReceipt.New], receipts);
        Assert.Equal(10, await total.GetAsync());
    }

    private static CloudEvent Credited(int sequence) => new()
    {
        Id = $"accounts/a/{sequence}",
        Source = "/accounts/a",
        Type = "account-credited",
        Sequence = sequence,
        Data = JsonSerializer.SerializeToUtf8Bytes(sequence),
    };
}
