using System.CommandLine;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary><c>shopctl diffs &lt;capability&gt;</c>: where the answers of monolith and grains have differed.</summary>
internal static class DiffsCommand
{
    public static Command Create(ConnectionOptions connection, TextWriter output)
    {
        var capability = CapabilityName.Argument();
        var command = new Command("diffs", "Shows where grains have answered a mirrored request otherwise than the monolith.") { capability };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var gateway = connection.Connect(parsed);
            var answer = await gateway.GetDifferencesAsync(parsed.GetValue(capability)!, cancellationToken);
            if (parsed.GetValue(connection.Json)) await output.WriteLineAsync(answer.Json);
            else JsonText.Print(answer.Value, output);
            return ExitCodes.Done;
        });
        return command;
    }
}
