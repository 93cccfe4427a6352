using System.CommandLine;
using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli.Commands;

/// <summary><c>shopctl deadletters redrive|purge</c>: by ids, by filters, or all.</summary>
internal static class DeadLetterOrders
{
    private const int MaxIds = 100;

    public static Command CreateRedrive(ConnectionOptions connection, TextWriter output) => Create(
        "redrive", "sent again", yes: null, "Puts dead letters back into their queues, each for the subscriber that could not take it.", connection, output);

    public static Command CreatePurge(ConnectionOptions connection, TextWriter output) => Create(
        "purge", "thrown away", new Option<bool>("--yes") { Description = "Confirms that they are lost then." }, "Throws dead letters away. Needs --yes, or --dry-run.", connection, output);

    private static Command Create(string name, string what, Option<bool>? yes, string description, ConnectionOptions connection, TextWriter output)
    {
        var ids = new Argument<string[]>("id") { Description = $"Which ones, as 'shopctl deadletters list' names them; at most {MaxIds}. Or use filters.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Means all dead letters, up to the limit, if there is no filter." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only counts them." };
        var filters = new DeadLetterOptions();
        var command = new Command(name, description) { ids, all, dryRun };
        filters.AddTo(command);
        if (yes is not null) command.Options.Add(yes);
        command.Validators.Add(result =>
        {
            var (given, restricts) = (result.GetValue(ids) ?? [], filters.IsAnyGiven(result));
            if (given.Length > MaxIds) result.AddError($"{given.Length} ids were given; at most {MaxIds} are taken at once.");
            if (given.Length > 0 && (restricts || result.GetValue(all))) result.AddError("Give ids, or filters, or --all; ids go with neither of the others.");
            if (given.Length == 0 && !restricts && !result.GetValue(all)) result.AddError("Say which dead letters are meant: their ids, filters such as --grain, or --all.");
            if (yes is not null && !result.GetValue(yes) && !result.GetValue(dryRun)) result.AddError($"'{name}' throws events away for good: confirm with --yes, or count them first with --dry-run.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var gateway = connection.Connect(parsed);
            var given = parsed.GetValue(ids) ?? [];
            var order = new DeadLetterOrder(given.Length == 0 ? null : given, given.Length == 0 ? filters.Read(parsed) : null, parsed.GetValue(all), parsed.GetValue(dryRun), Environment.UserName);
            var answer = await gateway.OrderAsync(name, order, cancellationToken);
            if (parsed.GetValue(connection.Json)) await output.WriteLineAsync(answer.Json);
            else Print(answer.Value, what, order.DryRun, output);
            return ExitCodeOf(answer.Value, order);
        });
        return command;
    }

    private static void Print(DeadLetterOrderAnswer answer, string what, bool isDryRun, TextWriter output)
    {
        output.WriteLine(isDryRun ? $"{answer.Matched} dead letters would be {what}." : $"{answer.Done} of {answer.Matched} dead letters were {what}.");
        foreach (var problem in answer.Problems) output.WriteLine(Printable.Line(problem));
        SilentProcesses.Print(answer.Silent, answer.Absent, output);
    }

    // What was named and is not there was not done; a filter may well match nothing.
    private static int ExitCodeOf(DeadLetterOrderAnswer answer, DeadLetterOrder order)
    {
        var wanted = order.Ids?.Distinct(StringComparer.Ordinal).Count() ?? answer.Matched;
        if (answer.Silent.Count == 0 && answer.Problems.Count == 0 && (order.DryRun ? answer.Matched : answer.Done) == wanted) return ExitCodes.Done;
        return answer.Matched == 0 && answer.Silent.Count == 0 ? ExitCodes.Refused : ExitCodes.Incomplete;
    }
}
