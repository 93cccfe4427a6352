using System.CommandLine;

namespace OrleansShop.Cli.Commands;

/// <summary><c>shopctl deadletters list|show|redrive|purge</c>: events that a subscriber could not take.</summary>
internal static class DeadLettersCommand
{
    public static Command Create(ConnectionOptions connection, TextWriter output) => new("deadletters", "Shows the events that a subscriber could not take, sends them again, or throws them away.")
    {
        DeadLetterListing.Create(connection, output),
        DeadLetterDetails.Create(connection, output),
        DeadLetterOrders.CreateRedrive(connection, output),
        DeadLetterOrders.CreatePurge(connection, output),
    };
}
