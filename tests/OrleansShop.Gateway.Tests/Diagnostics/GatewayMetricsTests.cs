using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Gateway.Diagnostics;
using OrleansShop.Gateway.Tests.Fixtures;
using Xunit;

namespace OrleansShop.Gateway.Tests.Diagnostics;

public sealed class GatewayMetricsTests
{
    [Fact]
    public async Task Requests_are_counted_by_capability_and_side()
    {
        await using var clinic = await Clinic.StartAsync();
        var meters = clinic.Gateway.App.Services.GetRequiredService<IMeterFactory>();
        var seen = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == GatewayMetrics.MeterName && instrument.Meter.Scope == meters)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(seen, instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(seen, instrument, 1, tags));
        listener.Start();

        await clinic.Gateway.EchoAsync(HttpMethod.Get, "/petclinic/api/owners");
        await clinic.ToGrainsAsync("owners");
        await clinic.Gateway.EchoAsync(HttpMethod.Get, "/owner");
        await clinic.Gateway.EchoAsync(HttpMethod.Get, "/petclinic/api/users");

        Assert.Equal(
            [
                "gateway.requests 1 capability=owners side=monolith",
                "gateway.requests 1 capability=owners side=owners",
                "gateway.requests 1 capability=none side=monolith",
            ],
            seen);
    }

    private static void Note(List<string> seen, Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var sorted = tags.ToArray().OrderBy(static tag => tag.Key, StringComparer.Ordinal).Select(static tag => $"{tag.Key}={tag.Value}");
        lock (seen)
        {
            seen.Add($"{instrument.Name} {value} {string.Join(' ', sorted)}");
        }
    }
}
