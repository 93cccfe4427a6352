using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Moving;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;
using OrleansShop.Strangler.Rows;
using Xunit;

namespace OrleansShop.Strangler.Tests.BridgeClient;

/// <summary>What grains throw and return between silos arrives as it was.</summary>
public sealed class SerializationTests
{
    private static readonly Serializer Serializer = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    [Fact]
    public void An_unavailable_bridge_says_over_silos_when_to_come_back()
    {
        var copy = Assert.IsType<BridgeUnavailableException>(RoundTrip<Exception>(
            new BridgeUnavailableException("down", TimeSpan.FromSeconds(3), new IOException("refused"))));

        Assert.Equal(("down", TimeSpan.FromSeconds(3)), (copy.Message, copy.RetryAfter));
        Assert.Equal("refused", copy.InnerException?.Message);
    }

    [Fact]
    public void A_refusal_says_over_silos_why()
    {
        var copy = Assert.IsType<BridgeRefusedException>(RoundTrip<Exception>(new BridgeRefusedException(BridgeRefusal.ForeignKey, "in use")));

        Assert.Equal((BridgeRefusal.ForeignKey, "in use"), (copy.Reason, copy.Message));
    }

    [Fact]
    public void Rows_and_statuses_arrive_as_they_were()
    {
        var rows = new EntityRows("book", "1", 4, Row.Of(("id", 1), ("title", "村上"), ("note", null), ("price", 1.5m)),
            new Dictionary<string, IReadOnlyList<Row>> { ["authors"] = [Row.Of(("book_id", 1), ("name", "H"))] });
        var order = new CapabilityOrder(OrderKind.Canary, "jo", "here", Percent: 5, ExpectedEpoch: 0, Reason: "A test.");
        var record = new CapabilityRecord().Ordered(
            order, new CapabilityStanding { Phase = CapabilityPhase.Canary, Percent = 5, Epoch = 1 }, OrderFacts.None with { OwnedByMonolith = 7, OwnedByGrains = 0 }, DateTimeOffset.UnixEpoch);
        var status = new CapabilityStatus("books", CapabilityPhase.Canary, 1, DateTimeOffset.UnixEpoch, "jo", Percent: 5, Moves: new MoveProgress(MoveActivity.Sweeping, Moved: 3));

        var recordCopy = RoundTrip(record);

        Assert.Equal(rows, RoundTrip(rows));
        Assert.Equal(status, RoundTrip(status));
        Assert.Equal(record.Standing, recordCopy.Standing);
        Assert.Equal(record.History, recordCopy.History);
    }

    private static T RoundTrip<T>(T value) => Serializer.Deserialize<T>(Serializer.SerializeToArray(value))!;
}
