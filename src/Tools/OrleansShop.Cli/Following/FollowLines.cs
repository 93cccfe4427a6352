namespace OrleansShop.Cli.Following;

/// <summary>A line whenever another percent is done or something else goes on, and at least every ten seconds: for logs.</summary>
internal sealed class FollowLines(TextWriter error) : IFollowDisplay
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private (string Headline, int? Percent)? _shown;
    private long _shownAt;

    public void Show(FollowStep step)
    {
        if (_shown == (step.Headline, step.Percent) && TimeProvider.System.GetElapsedTime(_shownAt) < Pause) return;
        (_shown, _shownAt) = ((step.Headline, step.Percent), TimeProvider.System.GetTimestamp());
        error.WriteLine(Printable.Line(step.Percent is { } percent ? $"{step.Headline}: {percent} %, {step.Detail}" : $"{step.Headline}: {step.Detail}"));
    }
}
