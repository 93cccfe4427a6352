namespace OrleansShop.Cli;

/// <summary>What scripts go by.</summary>
internal static class ExitCodes
{
    /// <summary>Done, or nothing had to be done.</summary>
    public const int Done = 0;

    /// <summary>The gateway refused, or the switch failed; nothing has changed.</summary>
    public const int Refused = 1;

    /// <summary>The command line is wrong; nothing was sent.</summary>
    public const int Usage = 2;

    /// <summary>No gateway answers at the address.</summary>
    public const int Unreachable = 3;

    /// <summary>What was begun is still running, or paused; it does not depend on the caller.</summary>
    public const int StillRunning = 4;

    /// <summary>Some processes did not answer, or it was not done with all, or another order came between: what was printed says so.</summary>
    public const int Incomplete = 5;

    /// <summary>Monolith and grains differ: what was printed says where.</summary>
    public const int Differences = 6;

    /// <summary>A rollout has met a broken limit, and everything is the monolith's again.</summary>
    public const int RolledBack = 7;

    /// <summary>Ctrl-C or a signal came before the gateway had answered, so that an order may have been taken or not.</summary>
    public const int Interrupted = 130;
}
