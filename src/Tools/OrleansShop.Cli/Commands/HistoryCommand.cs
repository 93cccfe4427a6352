using System.CommandLine;
using OrleansShop.Cli.Commands.Moves;

namespace OrleansShop.Cli.Commands;

/// <summary><c>shopctl history</c>: what was switched or ordered when and by whom, newest first.</summary>
internal static class HistoryCommand
{
    private const int MaxLimit = 1000;

    public static Command Create(ConnectionOptions connection, TextWriter output)
    {
        var capability = new Argument<string?>("capability") { Description = "Only this capability's.", Arity = ArgumentArity.ZeroOrOne };
        var limit = new Option<int>("--limit")
        {
            Description = "How many at most.",
            HelpName = "N",
            DefaultValueFactory = static _ => 20,
            CustomParser = WholeNumber.Between("--limit", 1, MaxLimit),
        };

        var orders = new Option<bool>("--orders") { Description = "Shows the orders that a capability was given, and by whom, as its service has written them down. Its JSON is the whole history, the newest last." };
        var command = new Command("history", "Shows what was switched, or ordered, when and by whom, newest first.") { capability, limit, orders };
        command.Validators.Add(result =>
        {
            if (result.GetValue(orders) && result.GetValue(capability) is null) result.AddError("--orders needs a capability: 'shopctl history CAPABILITY --orders'.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var gateway = connection.Connect(parsed);
            if (parsed.GetValue(orders))
            {
                var transitions = await gateway.GetOrdersAsync(parsed.GetValue(capability)!, cancellationToken);
                if (parsed.GetValue(connection.Json)) await output.WriteLineAsync(transitions.Json);
                else OrderHistory.Print(transitions.Value, parsed.GetValue(limit), output);
                return ExitCodes.Done;
            }

            var answer = await gateway.GetHistoryAsync(parsed.GetValue(capability), parsed.GetValue(limit), cancellationToken);
            if (parsed.GetValue(connection.Json))
            {
                await output.WriteLineAsync(answer.Json);
                return ExitCodes.Done;
            }

            var table = TextTable.New("#", "When", "Capability", "Switch", "Outcome", "By", "Detail");
            foreach (var entry in answer.Value.Switches)
            {
                table.AddText(
                    $"{entry.Id}", TextTable.Time(entry.StartedAt), entry.Capability, $"{entry.From.ToLowerInvariant()} → {entry.To.ToLowerInvariant()}",
                    entry.Outcome.ToLowerInvariant(), $"{entry.By} ({entry.Origin})", entry.Detail);
            }

            TextTable.On(output).Write(table);
            return ExitCodes.Done;
        });
        return command;
    }
}
