using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Metadata;
using Orleans.Runtime;
using Xunit;

namespace OrleansShop.Engine.Abstractions.Tests.Lifecycle;

public sealed class CollectionAgeLimitTests
{
    [Fact]
    public void Days_hours_and_minutes_add_up() =>
        Assert.Equal(new TimeSpan(1, 2, 30, 0), new CollectionAgeLimitAttribute { Days = 1, Hours = 2, Minutes = 30 }.AgeLimit);

    [Fact]
    public void Less_than_a_minute_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new CollectionAgeLimitAttribute().AgeLimit);
        Assert.Throws<ArgumentException>(() => new CollectionAgeLimitAttribute("00:00:59").AgeLimit);
        Assert.Equal(TimeSpan.FromMinutes(1), new CollectionAgeLimitAttribute("00:01:00").AgeLimit);
    }

    [Fact]
    public void The_manifest_tells_how_long_idle_activations_are_kept()
    {
        Assert.Equal("00:10:00", PropertiesOf(new CollectionAgeLimitAttribute { Minutes = 10 })["idle-duration"]);
        Assert.Equal("indefinite", PropertiesOf(new CollectionAgeLimitAttribute { AlwaysActive = true })["idle-duration"]);
        Assert.Equal("indefinite", PropertiesOf(new KeepAliveAttribute())["idle-duration"]);
    }

    [Fact]
    public void A_stateless_worker_reads_its_parameters_back_from_the_manifest()
    {
        var properties = PropertiesOf(new StatelessWorkerAttribute(3, removeIdleWorkers: false));
        Assert.Equal("StatelessWorkerPlacement", properties["placement-strategy"]);
        var placement = new StatelessWorkerPlacement();
        placement.Initialize(new GrainProperties(properties.ToImmutableDictionary()));
        Assert.Equal(3, placement.MaxLocal);
        Assert.False(placement.RemoveIdleWorkers);
        Assert.Throws<ArgumentOutOfRangeException>(() => new StatelessWorkerAttribute(0));
    }

    private static Dictionary<string, string> PropertiesOf(IGrainPropertiesProviderAttribute attribute)
    {
        var properties = new Dictionary<string, string>();
        attribute.Populate(new ServiceCollection().BuildServiceProvider(), typeof(object), GrainType.Create("test"), properties);
        return properties;
    }
}
