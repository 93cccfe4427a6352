using System.CommandLine;
using OrleansShop.Cli.Gateway;
using Spectre.Console;

namespace OrleansShop.Cli.Commands;

/// <summary><c>shopctl status</c>: a line per capability.</summary>
internal static class StatusCommand
{
    public static Command Create(ConnectionOptions connection, TextWriter output)
    {
        var command = new Command("status", "Shows who serves each capability.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var gateway = connection.Connect(parsed);
            var answer = await gateway.GetCapabilitiesAsync(cancellationToken);
            if (parsed.GetValue(connection.Json))
            {
                await output.WriteLineAsync(answer.Json);
            }
            else
            {
                Print(answer.Value, TextTable.On(output));
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(CapabilitiesAnswer answer, IAnsiConsole console)
    {
        var table = TextTable.New("Capability", "Served by", "State", "Since", "Service", "Last switch");
        foreach (var capability in answer.Capabilities)
        {
            table.AddText(
                capability.Name,
                capability.Phase.ToLowerInvariant(),
                capability.State.ToLowerInvariant(),
                TextTable.Time(capability.Since),
                ServiceText(capability.Service),
                capability.LastSwitch is { } last ? $"#{last.Id} to {last.To.ToLowerInvariant()}: {last.Outcome.ToLowerInvariant()}" : "none");
        }

        console.Write(table);
        foreach (var capability in answer.Capabilities.Where(static capability => capability.Service.Problem is not null))
        {
            console.WriteLine(Printable.Line($"{capability.Name}: {capability.Service.Problem}"));
        }

        console.WriteLine($"Monolith: {ReadyText(answer.Monolith)}");
    }

    private static string ServiceText(ServiceAnswer service) =>
        $"{ReadyText(service.Processes)}, {(service.Phase is null ? "silent" : $"says {service.Phase.ToLowerInvariant()}")}";

    private static string ReadyText(IReadOnlyList<ProcessAnswer> processes) => $"{processes.Count(static process => process.Ready)} of {processes.Count} ready";
}
