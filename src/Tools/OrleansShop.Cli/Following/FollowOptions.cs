using System.CommandLine;

namespace OrleansShop.Cli.Following;

/// <summary>Whether to wait for the end, and how long.</summary>
internal sealed class FollowOptions(bool isDefault, string what)
{
    private const int MaxTimeoutSeconds = 7 * 86_400;

    private readonly Option<bool> _wait = new("--wait") { Description = $"Waits until {what}.{(isDefault ? " The default." : "")}" };
    private readonly Option<bool> _noWait = new("--no-wait") { Description = $"Does not wait until {what}.{(isDefault ? "" : " The default.")}" };

    private readonly Option<int?> _timeout = new("--timeout")
    {
        Description = "How many seconds to wait at most; it goes on afterwards. Default: as long as it takes.",
        HelpName = "SECONDS",
        CustomParser = result => Commands.WholeNumber.Between("--timeout", 1, MaxTimeoutSeconds)(result),
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_wait);
        command.Options.Add(_noWait);
        command.Options.Add(_timeout);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_wait) && result.GetValue(_noWait)) result.AddError("--wait and --no-wait do not go together.");
        });
    }

    public bool IsWanted(ParseResult parsed) => isDefault ? !parsed.GetValue(_noWait) : parsed.GetValue(_wait);

    /// <summary>Whether waiting was asked for in so many words.</summary>
    public bool IsAsked(ParseResult parsed) => parsed.GetValue(_wait);

    public TimeSpan? Timeout(ParseResult parsed) => parsed.GetValue(_timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
