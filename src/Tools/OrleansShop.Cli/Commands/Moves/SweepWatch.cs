using System.Globalization;
using OrleansShop.Cli.Following;
using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary>What a capability's status says of an order: whether the sweep that it began is over, and how it gets on.</summary>
/// <param name="ordered">The status when the order was accepted.</param>
internal sealed class SweepWatch(CapabilityStatusAnswer ordered)
{
    public FollowStep Look(CapabilityStatusAnswer status)
    {
        var (done, total) = Extent(status);
        return new FollowStep(EndOf(status), $"{status.Capability}, {status.Standing}", done, total, Detail(status));
    }

    private FollowEnd? EndOf(CapabilityStatusAnswer status)
    {
        // A rollback ends by an order of its own, Monolith, which has the next epoch.
        var isEndOfRollback = ordered.IsRollingBack && status.IsIn("Monolith") && status.Epoch == ordered.Epoch + 1;
        return status.Epoch != ordered.Epoch && !isEndOfRollback ? FollowEnd.Overtaken
            : status.IsSettled ? FollowEnd.Over
            : status.IsPaused ? FollowEnd.Paused
            : null;
    }

    private static (long Done, long Total) Extent(CapabilityStatusAnswer status) => status.Moves switch
    {
        null => (0, 0),
        { Shadow: { } shadow } moves when status.IsIn("Shadow") => (shadow.Copied, moves.Entities ?? 0),
        var moves => (moves.Moved, moves.Total),
    };

    /// <summary>Such as <c>62,000 of 100,000 moved, 2,113 per second, 18.0 s left</c>.</summary>
    internal static string Detail(CapabilityStatusAnswer status)
    {
        if (!status.IsAnnounced) return "the ledger does not know the order yet";
        if (status.Moves is not { } moves) return "nothing to move";

        var (done, total) = Extent(status);
        var parts = new List<string> { $"{Number(done)} of {(total > 0 ? Number(total) : "?")} {(status.IsIn("Shadow") ? "copied" : "moved")}" };
        if (moves.PerSecond > 0) parts.Add($"{Number(moves.PerSecond)} per second");
        if (moves.PerSecond > 0 && total > done && moves.Activity == "Sweeping") parts.Add($"{Duration.Text((total - done) / moves.PerSecond)} left");
        if (moves.Shadow is { ChangesWaiting: > 0 } shadow) parts.Add($"{Number(shadow.ChangesWaiting)} changes waiting, the oldest for {Duration.Text(shadow.Lag.TotalSeconds)}");
        if (moves.Activity == "Waiting") parts.Add("waiting to try again");
        if (moves.Failures > 0) parts.Add($"{Number(moves.Failures)} failed tries{(moves.LastError is { } why ? $", the last: {why}" : "")}");
        return string.Join(", ", parts);
    }

    private static string Number(double number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
