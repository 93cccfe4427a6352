using System.CommandLine;
using System.Globalization;
using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary><c>shopctl diffs &lt;capability&gt;</c>: where the answers of monolith and grains have differed.</summary>
internal static class DiffsCommand
{
    public static Command Create(ConnectionOptions connection, TextWriter output)
    {
        var capability = CapabilityName.Argument();
        var command = new Command("diffs", "Shows where the grains' answers to a sample of the reads have differed from the monolith's, since the capability entered Shadow.") { capability };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var gateway = connection.Connect(parsed);
            var answer = await gateway.GetDifferencesAsync(parsed.GetValue(capability)!, cancellationToken);
            if (parsed.GetValue(connection.Json)) await output.WriteLineAsync(answer.Json);
            else Print(answer.Value, output);
            return answer.Value.Routes.Any(static route => route.Different > 0) ? ExitCodes.Differences : ExitCodes.Done;
        });
        return command;
    }

    private static void Print(DifferencesAnswer answer, TextWriter output)
    {
        var table = TextTable.New("Route", "Compared", "Different", "Failed", "Noise");
        foreach (var route in answer.Routes)
        {
            table.AddText(route.Route, Number(route.Compared), Number(route.Different), Number(route.Failed), string.Join(", ", route.Noise?.Keys ?? []));
        }

        TextTable.On(output).Write(table);
        foreach (var example in answer.Routes.SelectMany(static route => route.Examples ?? []))
        {
            output.WriteLine(Printable.Line($"{TextTable.Time(example.At)} {example.Target}: the monolith answered {example.MonolithStatus}, the grains {example.ServiceStatus}"));
            foreach (var difference in example.Differences ?? []) output.WriteLine(Printable.Line($"  {difference.Path}: {difference.Monolith} | {difference.Service}"));
        }

        if (answer.Dropped > 0) output.WriteLine($"{Number(answer.Dropped)} samples were not compared.");
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
