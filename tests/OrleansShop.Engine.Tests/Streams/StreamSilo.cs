namespace OrleansShop.Engine.Tests.Streams;

/// <summary>What silos of stream tests have.</summary>
internal static class StreamSilo
{
    public static void Configure(ISiloBuilder silo, Action<ISiloMemoryStreamConfigurator>? configure = null)
    {
        silo.Configure<Orleans.Configuration.ClusterOptions>(static options => options.ClusterId = Inbox.NewName());
        silo.AddMemoryGrainStorage("PubSubStore");
        silo.AddMemoryStreams("Memory", configure);
    }

    public static Task<TestSilo> Start(Action<ISiloMemoryStreamConfigurator>? configure = null) => TestSilo.StartAsync(silo => Configure(silo, configure));

    public static Orleans.Streams.IAsyncStream<T> Stream<T>(this TestSilo silo, StreamId stream) =>
        ((IClusterClient)silo.Grains).GetStreamProvider("Memory").GetStream<T>(stream);
}
