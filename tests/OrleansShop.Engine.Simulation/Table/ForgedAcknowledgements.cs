using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Membership.Protocol;
using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.Simulation.Table;

/// <summary>A table that says of every silo that it has acknowledged each view and drained: silos open what they gain without waiting. Has to be caught.</summary>
internal sealed class ForgedAcknowledgements(IViewTable table) : IViewTable
{
    public async Task<MembershipView> Read(CancellationToken cancellationToken)
    {
        var view = await table.Read(cancellationToken);
        return new(view.Version, view.Rows.Select(row => row with { Acknowledged = new Acknowledgement(view.Version, PartitionSet.Empty) })) { LastCrash = view.LastCrash };
    }

    public Task<bool> TryWrite(TableWrite write, CancellationToken cancellationToken) => table.TryWrite(write, cancellationToken);

    public Task<RenewedRow?> Renew(Renewal renewal, CancellationToken cancellationToken) => table.Renew(renewal, cancellationToken);
}
