using System.CommandLine;
using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli.Commands;

/// <summary><c>shopctl deadletters list</c>: a line per dead letter, the oldest failure first.</summary>
internal static class DeadLetterListing
{
    private const int MostMessageChars = 120;

    public static Command Create(ConnectionOptions connection, TextWriter output)
    {
        var filters = new DeadLetterOptions();
        var command = new Command("list", "Lists dead letters, the oldest failure first.");
        filters.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var gateway = connection.Connect(parsed);
            var answer = await gateway.ListDeadLettersAsync(filters.Read(parsed), cancellationToken);
            if (parsed.GetValue(connection.Json)) await output.WriteLineAsync(answer.Json);
            else Print(answer.Value, output);
            return answer.Value.Silent.Count == 0 ? ExitCodes.Done : ExitCodes.Incomplete;
        });
        return command;
    }

    private static void Print(DeadLettersAnswer answer, TextWriter output)
    {
        var table = TextTable.New("Failed", "Id", "Stream", "Grain", "Attempts", "Exception", "Message");
        foreach (var letter in answer.DeadLetters)
        {
            table.AddText(TextTable.Time(letter.FailedAt), letter.Id, letter.Stream, letter.Consumer, $"{letter.Attempts}", letter.ExceptionType, OneLine(letter.ExceptionMessage));
        }

        TextTable.On(output).Write(table);
        output.WriteLine(answer.More ? $"{answer.DeadLetters.Count} dead letters, and there may be more: say more with --limit or a filter." : $"{answer.DeadLetters.Count} dead letters.");
        SilentProcesses.Print(answer.Silent, answer.Absent, output);
    }

    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Length <= MostMessageChars ? line : line[..MostMessageChars] + "…";
    }
}
