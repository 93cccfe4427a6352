using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Phases;
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
        var record = new CapabilityRecord().Begin(CapabilityPhase.Grains, "jo", DateTimeOffset.UnixEpoch).End(succeeded: true, "Imported.", DateTimeOffset.UnixEpoch)
            .Begin(CapabilityPhase.Monolith, "mo", DateTimeOffset.UnixEpoch);
        var status = new CapabilityStatus("books", CapabilityPhase.Grains, 1, DateTimeOffset.UnixEpoch, "jo", record.Pending);

        var recordCopy = RoundTrip(record);

        Assert.Equal(rows, RoundTrip(rows));
        Assert.Equal(status, RoundTrip(status));
        Assert.Equal((record.Phase, record.Epoch, record.Attempts, record.Pending), (recordCopy.Phase, recordCopy.Epoch, recordCopy.Attempts, recordCopy.Pending));
        Assert.Equal(record.History, recordCopy.History);
    }

    private static T RoundTrip<T>(T value) => Serializer.Deserialize<T>(Serializer.SerializeToArray(value))!;
}
