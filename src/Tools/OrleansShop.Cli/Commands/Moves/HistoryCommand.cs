using System.CommandLine;
using System.Globalization;
using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary><c>shopctl history [capability]</c>: what was ordered when, by whom, and on which counts, newest first.</summary>
internal static class HistoryCommand
{
    private const int MaxLimit = 1000;

    public static Command Create(ConnectionOptions connection, TextWriter output)
    {
        var capability = CapabilityName.Argument();
        capability.Arity = ArgumentArity.ZeroOrOne;
        capability.Description = "Only this capability's.";
        var limit = new Option<int>("--limit")
        {
            Description = "How many at most. JSON has all that the services keep.",
            HelpName = "N",
            DefaultValueFactory = static _ => 20,
            CustomParser = WholeNumber.Between("--limit", 1, MaxLimit),
        };
        var command = new Command("history", "Shows what was ordered, when and by whom, newest first, as the services have written it down.") { capability, limit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var gateway = connection.Connect(parsed);
            var isJson = parsed.GetValue(connection.Json);
            if (parsed.GetValue(capability) is { } name)
            {
                var answer = await gateway.GetOrdersAsync(name, cancellationToken);
                if (isJson) await output.WriteLineAsync(answer.Json);
                else Print([new PerCapability<IReadOnlyList<TransitionAnswer>>(name, answer, Refusal: null)], parsed.GetValue(limit), output);
                return ExitCodes.Done;
            }

            var all = await gateway.GetCapabilitiesAsync(cancellationToken);
            var histories = await PerCapability<IReadOnlyList<TransitionAnswer>>.AskAsync(
                all.Value.Capabilities.Select(static item => item.Name), known => gateway.GetOrdersAsync(known, cancellationToken));
            if (isJson) await output.WriteLineAsync($"{{\"capabilities\":[{string.Join(',', histories.Select(static history => history.ToJson("history")))}]}}");
            else Print(histories, parsed.GetValue(limit), output);
            return histories.All(static history => history.Refusal is null) ? ExitCodes.Done : ExitCodes.Incomplete;
        });
        return command;
    }

    private static void Print(IReadOnlyList<PerCapability<IReadOnlyList<TransitionAnswer>>> histories, int limit, TextWriter output)
    {
        var table = TextTable.New("When", "Capability", "Epoch", "Order", "Phase", "Monolith owned", "Grains owned", "By", "Reason");
        var transitions = histories.SelectMany(static history => history.Answer?.Value.Select(transition => (history.Name, Transition: transition)) ?? []);
        foreach (var (name, transition) in transitions.OrderByDescending(static entry => entry.Transition.At).ThenByDescending(static entry => entry.Transition.Order.Standing.Epoch).Take(limit))
        {
            var (order, standing, ownedByMonolith, ownedByGrains) = transition.Order;
            table.AddText(
                TextTable.Time(transition.At),
                name,
                $"{standing.Epoch}",
                string.Join(' ', Words(order)),
                $"{transition.From.ToLowerInvariant()} → {transition.Target.ToLowerInvariant()}",
                Number(ownedByMonolith),
                Number(ownedByGrains),
                $"{order.By} ({order.Origin})",
                order.Reason ?? "");
        }

        TextTable.On(output).Write(table);
        PerCapability<IReadOnlyList<TransitionAnswer>>.PrintRefusals(histories, output);
    }

    private static IEnumerable<string> Words(OrderAnswer order)
    {
        yield return order.Kind.ToLowerInvariant();
        if (order.Percent is { } percent) yield return $"{percent} %";
        if (order.Lists is { } lists) yield return lists.ToLowerInvariant();
    }

    private static string Number(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "-";
}
