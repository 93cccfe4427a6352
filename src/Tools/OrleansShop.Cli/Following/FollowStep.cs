namespace OrleansShop.Cli.Following;

/// <summary>How something that is followed stands.</summary>
/// <param name="End">Why there is nothing more to wait for; null to go on.</param>
/// <param name="Headline">What goes on.</param>
/// <param name="Done">How much is done.</param>
/// <param name="Total">How much there is to do; 0 while that is not known.</param>
/// <param name="Detail">How it gets on.</param>
internal sealed record FollowStep(FollowEnd? End, string Headline, long Done, long Total, string Detail)
{
    /// <summary>The share that is done, from 0 to 100; null while that is not known.</summary>
    public int? Percent => Total > 0 ? (int)(100.0 * Math.Clamp(Done, 0, Total) / Total) : null;
}
