using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary><c>shopctl capabilities [capability]</c>: how far each capability has moved, and how its entities get on.</summary>
internal static class CapabilitiesCommand
{
    public static Command Create(ConnectionOptions connection, TextWriter output)
    {
        var capability = CapabilityName.Argument();
        capability.Arity = ArgumentArity.ZeroOrOne;
        capability.Description = "Only this one.";
        var command = new Command("capabilities", "Shows how far each capability has moved, and how the moving of its entities gets on.") { capability };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var gateway = connection.Connect(parsed);
            var isJson = parsed.GetValue(connection.Json);
            if (parsed.GetValue(capability) is { } name)
            {
                var answer = await gateway.GetCapabilityAsync(name, cancellationToken);
                if (isJson) await output.WriteLineAsync(answer.Json);
                else Print([new Standing(name, answer, Refusal: null)], output);
                return ExitCodes.Done;
            }

            var all = await gateway.GetCapabilitiesAsync(cancellationToken);
            var standings = await Task.WhenAll(all.Value.Capabilities.Select(item => AskAsync(gateway, item.Name, cancellationToken)));
            if (isJson) await output.WriteLineAsync($"{{\"capabilities\":[{string.Join(',', standings.Select(ToJson))}]}}");
            else Print(standings, output);
            return standings.All(static standing => standing.Refusal is null) ? ExitCodes.Done : ExitCodes.Incomplete;
        });
        return command;
    }

    /// <summary>A service that is away leaves a gap in the list, and takes nothing from the others.</summary>
    private static async Task<Standing> AskAsync(GatewayClient gateway, string name, CancellationToken cancellationToken)
    {
        try
        {
            return new Standing(name, await gateway.GetCapabilityAsync(name, cancellationToken), Refusal: null);
        }
        catch (GatewayRefusedException refused)
        {
            return new Standing(name, Answer: null, refused);
        }
    }

    private static void Print(IReadOnlyList<Standing> standings, TextWriter output)
    {
        var table = TextTable.New("Capability", "Phase", "Lists from", "Monolith owns", "Grains own", "Epoch", "Since", "By", "Moving");
        foreach (var (name, answer, _) in standings)
        {
            if (answer is not { Value: var status })
            {
                table.AddText(name, "?", "?", "?", "?", "?", "?", "?", "?");
                continue;
            }

            table.AddText(
                name, status.Standing, status.Lists.ToLowerInvariant(), Number(status.Moves?.OwnedByMonolith), Number(status.Moves?.OwnedByGrains), $"{status.Epoch}",
                status.ChangedAt is { } since ? TextTable.Time(since) : "", status.By ?? "", Moving(status));
        }

        TextTable.On(output).Write(table);
        foreach (var standing in standings)
        {
            if (standing.Refusal is { } refusal) output.WriteLine(Printable.Line($"{standing.Name}: {refusal.Title} ({refusal.Status}): {refusal.Message}"));
        }
    }

    private static string Moving(CapabilityStatusAnswer status) => status.IsSettled && status.Moves is null or { Failures: 0, Shadow: null } ? "settled" : SweepWatch.Detail(status);

    private static string Number(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "-";

    private static string ToJson(Standing standing) => standing.Answer?.Json
        ?? $"{{\"capability\":{JsonSerializer.Serialize(standing.Name, AnswersJson.Default.String)},\"problem\":{standing.Refusal!.ProblemJson}}}";

    private sealed record Standing(string Name, Answer<CapabilityStatusAnswer>? Answer, GatewayRefusedException? Refusal);
}
