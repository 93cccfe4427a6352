using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli.Following;

/// <summary>Asks again and again how something stands, shows it, and ends when it is over, or when waiting has no sense.</summary>
/// <param name="ask">Asks the gateway.</param>
/// <param name="look">What an answer says.</param>
/// <param name="timeout">How long to wait; null for as long as it takes.</param>
internal sealed class Follower<T>(Func<CancellationToken, Task<Answer<T>>> ask, Func<T, FollowStep> look, TimeSpan? timeout)
{
    private const int Unavailable = 503;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A gateway that is restarted is back within this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly long _began = TimeProvider.System.GetTimestamp();

    /// <summary>Follows to the end.</summary>
    /// <param name="first">The answer that there is already.</param>
    /// <param name="display">Shows each step.</param>
    /// <param name="cancellationToken">Stops waiting; what is followed goes on.</param>
    public async Task<Followed<T>> FollowAsync(Answer<T> first, IFollowDisplay display, CancellationToken cancellationToken)
    {
        var (last, heardAt, silence) = (first, TimeProvider.System.GetTimestamp(), (string?)null);
        try
        {
            while (true)
            {
                var step = look(last.Value);
                display.Show(silence is null ? step : step with { Detail = $"no news: {silence}" });
                if (step.End is { } end) return new Followed<T>(last, end, Silence: null);
                if (Left == TimeSpan.Zero) return new Followed<T>(last, silence is null ? FollowEnd.TimedOut : FollowEnd.Lost, silence);

                await Task.Delay(Left < Pause ? Left : Pause, TimeProvider.System, cancellationToken);
                try
                {
                    last = await ask(cancellationToken);
                    (heardAt, silence) = (TimeProvider.System.GetTimestamp(), null);
                }
                catch (Exception away) when (away is GatewayUnreachableException or GatewayRefusedException { Status: Unavailable })
                {
                    silence = away.Message;
                    if (TimeProvider.System.GetElapsedTime(heardAt) > Patience) return new Followed<T>(last, FollowEnd.Lost, silence);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new Followed<T>(last, FollowEnd.Stopped, Silence: null);
        }
    }

    private TimeSpan Left => timeout is not { } most ? TimeSpan.MaxValue
        : most - TimeProvider.System.GetElapsedTime(_began) is var left && left > TimeSpan.Zero ? left
        : TimeSpan.Zero;
}

/// <summary>How following has ended.</summary>
/// <param name="Last">The last answer that came.</param>
/// <param name="End">Why it has ended.</param>
/// <param name="Silence">Why no answer comes any more, with <see cref="FollowEnd.Lost"/>; else null.</param>
internal sealed record Followed<T>(Answer<T> Last, FollowEnd End, string? Silence)
{
    /// <summary>Says on the error stream why there is nothing more to see, if it is not over.</summary>
    /// <param name="what">What was followed, such as <c>the sweep of owners</c>.</param>
    /// <param name="next">The command that shows it again.</param>
    /// <param name="resume">The command that lets it go on.</param>
    /// <param name="error">Takes the line.</param>
    public void Explain(string what, string next, string resume, TextWriter error)
    {
        var line = End switch
        {
            FollowEnd.Over => null,
            FollowEnd.Paused => $"Stopped waiting: {what} is paused. '{resume}' lets it go on.",
            FollowEnd.Overtaken => "Stopped waiting: another order was given meanwhile. 'shopctl history' shows it.",
            FollowEnd.TimedOut => $"Stopped waiting: the time is up. {Goes(what)} on by itself; '{next}' shows it.",
            FollowEnd.Stopped => $"Stopped waiting. {Goes(what)} on by itself; '{next}' shows it.",
            FollowEnd.Lost => $"Stopped waiting. What was ordered stands, and {what} goes on, but it cannot be seen from here. {Silence}",
            _ => throw new InvalidOperationException($"There is no end {End}."),
        };
        if (line is not null) error.WriteLine(Printable.Line(line));
    }

    public int ExitCode => End switch
    {
        FollowEnd.Over => ExitCodes.Done,
        FollowEnd.Overtaken => ExitCodes.Incomplete,
        FollowEnd.Lost => ExitCodes.Unreachable,
        _ => ExitCodes.StillRunning,
    };

    private static string Goes(string what) => $"{char.ToUpperInvariant(what[0])}{what[1..]} goes";
}
