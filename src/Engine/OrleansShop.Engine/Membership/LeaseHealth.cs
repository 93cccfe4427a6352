using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;

namespace OrleansShop.Engine.Membership;

/// <summary>A silo is well while it holds its lease. One that has left its cluster as it should needs none, and is well too.</summary>
internal sealed class LeaseHealth(ILocalSiloDetails silo, SiloLease lease) : IHealthCheckParticipant
{
    public bool CheckHealth(DateTime lastCheckTime, [NotNullWhen(false)] out string? reason)
    {
        reason = lease.HasRunOut() ? $"Silo {silo.SiloAddress} does not hold its lease in the membership table: it runs no grain and answers no call." : null;
        return reason is null;
    }
}
