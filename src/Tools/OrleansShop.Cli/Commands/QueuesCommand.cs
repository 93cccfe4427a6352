using System.CommandLine;
using System.Globalization;
using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli.Commands;

/// <summary><c>shopctl queues</c>: a line per queue of every stream provider.</summary>
internal static class QueuesCommand
{
    public static Command Create(ConnectionOptions connection, TextWriter output)
    {
        var command = new Command("queues", "Shows how the queues of streams stand: messages that wait and that are under way, the age of the oldest, dead letters.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var gateway = connection.Connect(parsed);
            var answer = await gateway.GetQueuesAsync(cancellationToken);
            if (parsed.GetValue(connection.Json)) await output.WriteLineAsync(answer.Json);
            else Print(answer.Value, output);
            return answer.Value.Silent.Count == 0 && answer.Value.Queues.All(static queue => queue.Problem is null) ? ExitCodes.Done : ExitCodes.Incomplete;
        });
        return command;
    }

    private static void Print(QueuesAnswer answer, TextWriter output)
    {
        var table = TextTable.New("Provider", "Queue", "Depth", "In flight", "Oldest", "Dead letters", "Process");
        foreach (var queue in answer.Queues)
        {
            table.AddText(queue.Provider, queue.Queue, Number(queue.Depth), Number(queue.InFlight), queue.OldestAgeSeconds is { } age ? Duration.Text(age) : "?", Number(queue.DeadLetters), queue.Process ?? "");
        }

        TextTable.On(output).Write(table);
        foreach (var queue in answer.Queues.Where(static queue => queue.Problem is not null))
        {
            output.WriteLine(Printable.Line($"{queue.Provider} {queue.Queue}: {queue.Problem}"));
        }

        SilentProcesses.Print(answer.Silent, answer.Absent, output);
    }

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "?";
}
