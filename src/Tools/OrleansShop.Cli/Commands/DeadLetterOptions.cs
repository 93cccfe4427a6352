using System.CommandLine;
using System.CommandLine.Parsing;
using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli.Commands;

/// <summary>The options that say which dead letters are meant.</summary>
internal sealed class DeadLetterOptions
{
    private const int MaxLimit = 1000;

    private readonly Option<string?> _provider = Text("--provider", "NAME", "Only those of this stream provider.");
    private readonly Option<string?> _namespace = Text("--namespace", "NAME", "Only those of streams with this namespace.");
    private readonly Option<string?> _key = Text("--stream-key", "KEY", "Only those of streams with this key.");
    private readonly Option<string?> _grain = Text("--grain", "TYPE", "Only those that a grain of this type could not take.");
    private readonly Option<string?> _exception = Text("--exception", "TYPE", "Only those that failed last with this exception; its full name, or the name without the namespace.");
    private readonly Option<long?> _olderThan = Length("--older-than", "Only those that failed last longer ago than this, such as 2h.");
    private readonly Option<long?> _youngerThan = Length("--younger-than", "Only those that failed last not longer ago than this, such as 15m.");

    private readonly Option<int> _limit = new("--limit")
    {
        Description = "How many at most.",
        HelpName = "N",
        DefaultValueFactory = static _ => 100,
        CustomParser = WholeNumber.Between("--limit", 1, MaxLimit),
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_provider, _namespace, _key, _grain, _exception, _olderThan, _youngerThan, _limit])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whether anything but the limit is given.</summary>
    public bool IsAnyGiven(CommandResult result) =>
        ((Option[])[_provider, _namespace, _key, _grain, _exception, _olderThan, _youngerThan]).Any(option => result.GetResult(option) is { Implicit: false });

    public DeadLetterSearch Read(ParseResult parsed) => new(
        parsed.GetValue(_provider), parsed.GetValue(_namespace), parsed.GetValue(_key), parsed.GetValue(_grain), parsed.GetValue(_exception), parsed.GetValue(_olderThan), parsed.GetValue(_youngerThan), parsed.GetValue(_limit));

    private static Option<string?> Text(string name, string value, string description) => new(name) { Description = description, HelpName = value };

    private static Option<long?> Length(string name, string description) => new(name) { Description = description, HelpName = "TIME", CustomParser = Duration.Of(name) };
}
