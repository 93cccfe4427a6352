using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>The official provider of streams over SQS has no release that fits the other packages.</summary>
internal static class SqsQueues
{
    public static void Add(ISiloBuilder silo, SqsSettings settings) =>
        throw new SiloConfigurationException([new ConfigurationFault("Streams:Provider", nameof(StreamKind.Sqs), $"{nameof(StreamKind.Memory)} with the official engine: {settings} needs the built-in one")]);
}
