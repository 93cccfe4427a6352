using System.CommandLine;
using System.Globalization;
using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary><c>shopctl capabilities [capability]</c>: how far each capability has moved, how its entities get on, and which processes answer.</summary>
internal static class CapabilitiesCommand
{
    public static Command Create(ConnectionOptions connection, TextWriter output)
    {
        var capability = CapabilityName.Argument();
        capability.Arity = ArgumentArity.ZeroOrOne;
        capability.Description = "Only this one.";
        var command = new Command("capabilities", "Shows how far each capability has moved, how the moving of its entities gets on, and which processes answer.") { capability };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var gateway = connection.Connect(parsed);
            var isJson = parsed.GetValue(connection.Json);
            if (parsed.GetValue(capability) is { } name)
            {
                var answer = await gateway.GetCapabilityAsync(name, cancellationToken);
                if (isJson) await output.WriteLineAsync(answer.Json);
                else Print([new PerCapability<CapabilityStatusAnswer>(name, answer, Refusal: null)], known: null, output);
                return ExitCodes.Done;
            }

            var all = await gateway.GetCapabilitiesAsync(cancellationToken);
            var standings = await PerCapability<CapabilityStatusAnswer>.AskAsync(
                all.Value.Capabilities.Select(static item => item.Name), known => gateway.GetCapabilityAsync(known, cancellationToken));
            if (isJson) await output.WriteLineAsync($"{{\"capabilities\":[{string.Join(',', standings.Select(static standing => standing.Answer?.Json ?? standing.ToJson("status")))}]}}");
            else Print(standings, all.Value, output);
            return standings.All(static standing => standing.Refusal is null) ? ExitCodes.Done : ExitCodes.Incomplete;
        });
        return command;
    }

    /// <param name="standings">What the services have said.</param>
    /// <param name="known">What the gateway knows of the processes, in the same order; null if it was not asked.</param>
    /// <param name="output">Takes the table.</param>
    private static void Print(IReadOnlyList<PerCapability<CapabilityStatusAnswer>> standings, CapabilitiesAnswer? known, TextWriter output)
    {
        string[] columns = ["Capability", "Phase", "Lists from", "Monolith owns", "Grains own", "Epoch", "Since", "By", "Moving"];
        var table = TextTable.New(known is null ? columns : [.. columns, "Service"]);
        foreach (var (index, standing) in standings.Index())
        {
            string[] cells = standing.Answer is { Value: var status }
                ? [
                    standing.Name, status.Standing, status.Lists.ToLowerInvariant(), Number(status.Moves?.OwnedByMonolith), Number(status.Moves?.OwnedByGrains), $"{status.Epoch}",
                    status.ChangedAt is { } since ? TextTable.Time(since) : "", status.By ?? "", Moving(status),
                ]
                : [standing.Name, .. Enumerable.Repeat("?", columns.Length - 1)];
            table.AddText(known is null ? cells : [.. cells, ReadyText(known.Capabilities[index].Service.Processes)]);
        }

        TextTable.On(output).Write(table);
        PerCapability<CapabilityStatusAnswer>.PrintRefusals(standings, output);
        if (known is not null) output.WriteLine($"Monolith: {ReadyText(known.Monolith)}");
    }

    private static string Moving(CapabilityStatusAnswer status) => status.IsSettled && status.Moves is null or { Failures: 0, Shadow: null } ? "settled" : SweepWatch.Detail(status);

    private static string ReadyText(IReadOnlyList<ProcessAnswer> processes) => $"{processes.Count(static process => process.Ready)} of {processes.Count} ready";

    private static string Number(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "-";
}
