using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace OrleansShop.Engine.Hosting;

/// <summary>Checks the options of a silo when it starts, and lists every fault: the key, its environment variable, what is there and what is wanted.</summary>
internal sealed class SiloOptionsValidator(
    IOptions<ClusterOptions> cluster, IOptions<EndpointOptions> endpoints, IOptions<SiloMessagingOptions> messaging, IOptions<GrainCollectionOptions> collection) : IConfigurationValidator
{
    private readonly List<string> _faults = [];

    public void ValidateConfiguration()
    {
        _faults.Clear();
        NotEmpty("ClusterId", cluster.Value.ClusterId);
        NotEmpty("ServiceId", cluster.Value.ServiceId);
        Within("Endpoints:SiloPort", endpoints.Value.SiloPort, 0, 65_535);
        Within("Endpoints:GatewayPort", endpoints.Value.GatewayPort, 0, 65_535);
        Positive("Messaging:ResponseTimeout", messaging.Value.ResponseTimeout);
        Within("Messaging:MaxEnqueuedRequestsHardLimit", messaging.Value.MaxEnqueuedRequestsHardLimit, 0, int.MaxValue);
        Within("Messaging:MaxForwardCount", messaging.Value.MaxForwardCount, 0, byte.MaxValue);
        Positive("GrainCollection:CollectionQuantum", collection.Value.CollectionQuantum);
        Positive("GrainCollection:ActivationTimeout", collection.Value.ActivationTimeout);
        Positive("GrainCollection:DeactivationTimeout", collection.Value.DeactivationTimeout);
        if (collection.Value.CollectionAge <= collection.Value.CollectionQuantum)
            Fault("GrainCollection:CollectionAge", collection.Value.CollectionAge, $"longer than CollectionQuantum, {collection.Value.CollectionQuantum}: idle grains are looked for once per quantum");
        if (_faults.Count != 0) throw new OrleansConfigurationException("The configuration of the silo is invalid:" + string.Concat(_faults));
    }

    private void NotEmpty(string key, string value)
    {
        if (string.IsNullOrWhiteSpace(value)) Fault(key, $"\"{value}\"", "a name that is not empty");
    }

    private void Within(string key, int value, int least, int most)
    {
        if (value < least || value > most) Fault(key, value, $"a number from {least} to {most}");
    }

    private void Positive(string key, TimeSpan value)
    {
        if (value <= TimeSpan.Zero) Fault(key, value, "a time longer than zero");
    }

    private void Fault(string key, object value, string wanted) =>
        _faults.Add($"{Environment.NewLine}  {SiloServices.ConfigurationSection}:{key} (environment variable {SiloServices.ConfigurationSection}__{key.Replace(":", "__", StringComparison.Ordinal)}) is {value}; it must be {wanted}.");
}
