using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Hosting;

/// <summary>Checks the clustering options when a silo or a client starts, and lists every fault.</summary>
internal sealed class ClusteringOptionsValidator(IOptions<ClusteringOptions> options) : IConfigurationValidator
{
    private static readonly TimeSpan ShortestHeartbeat = TimeSpan.FromMilliseconds(10);

    public void ValidateConfiguration()
    {
        var given = options.Value;
        var faults = new List<string>();
        Check(given.HeartbeatPeriod >= ShortestHeartbeat, nameof(given.HeartbeatPeriod), given.HeartbeatPeriod, $"at least {ShortestHeartbeat}");
        Check(given.LeaseDuration >= 3 * given.HeartbeatPeriod, nameof(given.LeaseDuration), given.LeaseDuration, $"at least three times HeartbeatPeriod, {given.HeartbeatPeriod}");
        Check(given.HandoffTimeout > TimeSpan.Zero, nameof(given.HandoffTimeout), given.HandoffTimeout, "longer than zero");
        Check(given.MaxWaitingCalls is >= 1 and <= 1_000_000, nameof(given.MaxWaitingCalls), given.MaxWaitingCalls, "from 1 to 1,000,000");
        Check(given.MaxPendingBytes is >= 65_536 and <= 1_073_741_824, nameof(given.MaxPendingBytes), given.MaxPendingBytes, "from 65,536 to 1,073,741,824");
        if (faults.Count > 0)
            throw new OrleansConfigurationException($"The clustering configuration is invalid:{string.Concat(faults)}");

        void Check(bool holds, string key, object value, string wanted)
        {
            if (!holds)
                faults.Add(
                    $"{Environment.NewLine}  {ClusterServices.ClusteringSection}:{key} (environment variable {ClusterServices.ClusteringSection.Replace(":", "__", StringComparison.Ordinal)}__{key}) "
                    + $"is {value}; it must be {wanted}.");
        }
    }
}
