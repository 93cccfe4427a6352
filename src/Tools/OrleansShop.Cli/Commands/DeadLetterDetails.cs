using System.CommandLine;
using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli.Commands;

/// <summary><c>shopctl deadletters show &lt;id&gt;</c>: all that is known of one, with its event.</summary>
internal static class DeadLetterDetails
{
    public static Command Create(ConnectionOptions connection, TextWriter output)
    {
        var id = new Argument<string>("id") { Description = "The dead letter, as 'shopctl deadletters list' names it." };
        var command = new Command("show", "Shows a dead letter with its event.") { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var gateway = connection.Connect(parsed);
            var answer = await gateway.GetDeadLetterAsync(parsed.GetValue(id)!, cancellationToken);
            if (parsed.GetValue(connection.Json)) await output.WriteLineAsync(answer.Json);
            else Print(answer.Value, output);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(DeadLetterAnswer letter, TextWriter output)
    {
        output.WriteLine(Printable.Line($"Id:           {letter.Id}"));
        output.WriteLine(Printable.Line($"Stream:       {letter.Stream}"));
        output.WriteLine(Printable.Line($"Queue:        {letter.Queue} ({letter.Process})"));
        output.WriteLine(Printable.Line($"Grain:        {letter.Consumer}"));
        output.WriteLine(Printable.Line($"Subscription: {letter.Subscription}"));
        output.WriteLine(Printable.Line($"Attempts:     {letter.Attempts}, the first {TextTable.Time(letter.FirstFailedAt)}, the last {TextTable.Time(letter.FailedAt)}"));
        output.WriteLine(Printable.Line($"Exception:    {letter.ExceptionType}: {letter.ExceptionMessage}"));
        if (letter.TraceParent is { } trace) output.WriteLine(Printable.Line($"Trace:        {trace}"));
        if (letter.Payload is { } payload)
        {
            output.WriteLine(Printable.Line($"Event:        {letter.SizeBytes} bytes{(payload.Problem is { } problem ? $". {problem}" : "")}"));
            output.WriteLine(Printable.Lines(payload.Text));
        }

        if (letter.ExceptionDetail is not { } detail) return;
        output.WriteLine();
        output.WriteLine(Printable.Lines(detail));
    }
}
