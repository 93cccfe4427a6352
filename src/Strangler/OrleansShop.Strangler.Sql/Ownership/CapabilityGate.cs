using System.Data.Common;
using Dapper;
using OrleansShop.Strangler.BridgeClient;

namespace OrleansShop.Strangler.Sql.Ownership;

/// <summary>What the database knows of a capability that has a ledger: its newest announcement, and whether the ledger is complete.</summary>
/// <param name="Epoch">The epoch of the newest announcement.</param>
/// <param name="Takes">Whether that lets entities be taken.</param>
/// <param name="Feeds">Whether that wants the monolith's changes noted.</param>
/// <param name="IsComplete">Whether every entity has its row in the ledger. Nothing is taken before.</param>
/// <param name="IsClosed">Whether the monolith may make nothing new either.</param>
/// <param name="Format">Which tables are fenced by which columns, as text.</param>
internal sealed record CapabilityGate(long Epoch, bool Takes, bool Feeds, bool IsComplete, bool IsClosed, string Format)
{
    /// <summary>Reads the gate; null when the capability has no ledger. The tables must be there; in one that was made before there was a column for it, nothing is closed.</summary>
    internal static async Task<CapabilityGate?> FindAsync(DbTransaction transaction, string capability)
    {
        var row = await transaction.Connection!.QuerySingleOrDefaultAsync<GateRow>(
            $"SELECT * FROM {LedgerTables.Fence} WHERE capability = @capability",
            new { capability }, transaction);
        return row is null ? null : new CapabilityGate(row.Epoch, row.Takes, row.Feeds, row.Complete, row.Closed, row.Format);
    }

    /// <summary>Lets a take pass that knows the newest announcement, while that lets entities be taken and the fences stand for the manifest.</summary>
    /// <exception cref="BridgeRefusedException"><see cref="BridgeRefusal.StalePhase"/>; <see cref="BridgeRefusal.Schema"/>.</exception>
    internal static void LetTake(CapabilityGate? gate, TakeRequest request, string format)
    {
        if (gate is not { IsComplete: true })
        {
            throw Stale(request, "the capability has no complete ledger: it is in the phase Monolith, or its fences are being installed");
        }

        if (gate.Epoch != request.CapabilityEpoch)
        {
            throw Stale(request, $"the taker knows epoch {request.CapabilityEpoch} of the capability, and the ledger epoch {gate.Epoch}");
        }

        if (!gate.Takes)
        {
            throw Stale(request, $"the phase of epoch {gate.Epoch} does not let entities be taken");
        }

        gate.CheckFormat(request.Capability, format);
    }

    /// <summary>Refuses what would touch tables that the fences do not stand on.</summary>
    /// <exception cref="BridgeRefusedException"><see cref="BridgeRefusal.Schema"/>: the manifest has changed while the ledger was installed.</exception>
    internal void CheckFormat(string capability, string format)
    {
        if (Format != format)
        {
            throw new BridgeRefusedException(BridgeRefusal.Schema,
                $"The manifest of {capability} has changed since its fences were installed: they stand for '{Format}', the manifest says '{format}'. "
                + "Put the manifest back, and change it while the capability is in the phase Monolith.");
        }
    }

    private static BridgeRefusedException Stale(TakeRequest request, string why) =>
        new(BridgeRefusal.StalePhase, $"The {request.Kind} {request.Id} of {request.Capability} is not taken: {why}.");

    /// <summary>A class whose properties are set, because Dapper then takes whatever integers and booleans the driver brings.</summary>
    private sealed class GateRow
    {
        public long Epoch { get; init; }

        public bool Takes { get; init; }

        public bool Feeds { get; init; }

        public bool Complete { get; init; }

        public bool Closed { get; init; }

        public string Format { get; init; } = "";
    }
}
