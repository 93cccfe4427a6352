namespace OrleansShop.Testing.Emulators;

/// <summary>How an <see cref="EmulatorServer"/> is started on a port, and how it is seen that it answers.</summary>
public sealed record EmulatorPlan
{
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>An existing folder of its own for its logs and files. It is deleted with the server.</summary>
    public required string Folder { get; init; }

    /// <summary>Its command line, for a port.</summary>
    public required Func<int, IReadOnlyList<string>> Command { get; init; }

    /// <summary>Where it answers on a port, as its clients take it: a URL, or a connection string.</summary>
    public required Func<int, string> Endpoint { get; init; }

    /// <summary>Asks it something at its endpoint; throws as long as it does not answer as it should.</summary>
    public required Func<string, CancellationToken, Task> Probe { get; init; }

    /// <summary>What its log says when another process has the port.</summary>
    public required string PortTaken { get; init; }

    /// <summary>Who runs it. Default null: the user of the tests.</summary>
    public ServerUser? User { get; init; }

    /// <summary>The signal that stops it kindly.</summary>
    public string StopSignal { get; init; } = "TERM";
}
