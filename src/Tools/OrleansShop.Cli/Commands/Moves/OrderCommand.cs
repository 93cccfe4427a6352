using System.CommandLine;
using OrleansShop.Cli.Following;
using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary>What the commands that give an order for a capability have in common.</summary>
internal static class OrderCommand
{
    /// <param name="kind">The command's name, which is the order's.</param>
    /// <param name="description">What it does.</param>
    /// <param name="follow">Whether to wait for the sweep; null for an order that moves nothing.</param>
    /// <param name="connection">Where the gateway is.</param>
    /// <param name="output">Takes how the capability stands.</param>
    /// <param name="error">Takes how the sweep gets on.</param>
    /// <param name="fill">Puts what this kind of order says besides into it; null if there is nothing.</param>
    /// <param name="symbols">The arguments and options for that.</param>
    public static Command Create(
        string kind, string description, FollowOptions? follow, ConnectionOptions connection, TextWriter output, TextWriter error, Func<ParseResult, MoveOrder, MoveOrder>? fill = null, params Symbol[] symbols)
    {
        var capability = CapabilityName.Argument();
        var by = new Option<string>("--by") { Description = "Who orders it, for the history. Default: the user's name.", HelpName = "NAME", DefaultValueFactory = static _ => Environment.UserName };
        var reason = new Option<string?>("--reason") { Description = "Why, for the history.", HelpName = "TEXT" };
        var epoch = new Option<long?>("--epoch")
        {
            Description = "The epoch that you have seen: the order is refused if the capability was changed since. Default: whatever it is.",
            HelpName = "N",
            CustomParser = WholeNumber.Natural("--epoch"),
        };

        var command = new Command(kind, description) { capability };
        foreach (var argument in symbols.OfType<Argument>()) command.Arguments.Add(argument);
        foreach (var option in symbols.OfType<Option>().Append(by).Append(reason).Append(epoch)) command.Options.Add(option);
        follow?.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var gateway = connection.Connect(parsed);
            var order = new MoveOrder(parsed.GetValue(by)!, parsed.GetValue(epoch), parsed.GetValue(reason));
            var answer = await gateway.OrderMoveAsync(parsed.GetValue(capability)!, kind, fill?.Invoke(parsed, order) ?? order, cancellationToken);
            var waits = follow?.IsWanted(parsed) is true;
            var followed = waits ? await FollowAsync(gateway, answer, follow!.Timeout(parsed), error, cancellationToken) : null;

            answer = followed?.Last ?? answer;
            await output.WriteLineAsync(parsed.GetValue(connection.Json) ? answer.Json : Printable.Line(Describe(answer.Value, waits)));
            var name = answer.Value.Capability;
            followed?.Explain($"the sweep of {name}", $"shopctl capabilities {name}", $"shopctl resume {name}", error);
            return followed?.ExitCode ?? ExitCodes.Done;
        });
        return command;
    }

    private static Task<Followed<CapabilityStatusAnswer>> FollowAsync(
        GatewayClient gateway, Answer<CapabilityStatusAnswer> ordered, TimeSpan? timeout, TextWriter error, CancellationToken cancellationToken)
    {
        var watch = new SweepWatch(ordered.Value);
        var follower = new Follower<CapabilityStatusAnswer>(cancelled => gateway.GetCapabilityAsync(ordered.Value.Capability, cancelled), watch.Look, timeout);
        return FollowBar.ShowAsync(error, display => follower.FollowAsync(ordered, display, cancellationToken));
    }

    private static string Describe(CapabilityStatusAnswer status, bool wasFollowed) => string.Concat(
        $"{status.Capability}: {status.Standing}, lists from the {status.Lists.ToLowerInvariant()}, epoch {status.Epoch}.",
        wasFollowed ? "" : status.IsPaused ? $" Nothing moves until 'shopctl resume {status.Capability}'."
        : status.IsSettled ? ""
        : $" Entities move by themselves: 'shopctl capabilities {status.Capability}' shows how far.");
}
