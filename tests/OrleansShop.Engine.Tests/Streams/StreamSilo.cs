using Orleans.Streams;

namespace OrleansShop.Engine.Tests.Streams;

/// <summary>What silos of stream tests have.</summary>
internal static class StreamSilo
{
    public static void Configure(ISiloBuilder silo, Action<ISiloMemoryStreamConfigurator>? configure = null)
    {
        silo.AddMemoryGrainStorage("PubSubStore");
        silo.AddMemoryStreams("Memory", configure);
    }

    public static Task<TestSilo> Start(Action<ISiloMemoryStreamConfigurator>? configure = null, Action<ISiloBuilder>? more = null) => TestSilo.StartAsync(silo =>
    {
        silo.Configure<Orleans.Configuration.ClusterOptions>(static options => options.ClusterId = Inbox.NewName());
        Configure(silo, configure);
        more?.Invoke(silo);
    });

    public static IStreamProvider Provider(this TestSilo silo) => ((IClusterClient)silo.Grains).GetStreamProvider("Memory");

    public static IAsyncStream<T> Stream<T>(this TestSilo silo, StreamId stream) => silo.Provider().GetStream<T>(stream);

    public static ISubscriberGrain Subscriber(this TestSilo silo, string name) => silo.Grains.GetGrain<ISubscriberGrain>(name, typeof(SubscriberGrain).FullName);
}
