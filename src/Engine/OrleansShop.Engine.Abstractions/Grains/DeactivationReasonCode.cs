namespace Orleans;

/// <summary>The kinds of reason for which an activation goes.</summary>
public enum DeactivationReasonCode : byte
{
    /// <summary>No reason was given.</summary>
    None = 0,

    /// <summary>The silo stops.</summary>
    ShuttingDown = 1,

    /// <summary>The activation could not be completed.</summary>
    ActivationFailed = 2,

    /// <summary>It could not be found out, or not be made known, where the grain lives.</summary>
    DirectoryFailure = 3,

    /// <summary>No call came for as long as the grain is kept.</summary>
    ActivationIdle = 4,

    /// <summary>A call ran for too long.</summary>
    ActivationUnresponsive = 5,

    /// <summary>The grain lives elsewhere.</summary>
    DuplicateActivation = 6,

    /// <summary>A call needs another version of the interface.</summary>
    IncompatibleRequest = 7,

    /// <summary>The application failed, for instance when it stored its state.</summary>
    ApplicationError = 8,

    /// <summary>The application asked for it.</summary>
    ApplicationRequested = 9,

    /// <summary>The activation moves to another silo.</summary>
    Migrating = 10,

    /// <summary>The engine asked for it.</summary>
    RuntimeRequested = 11,

    /// <summary>Memory is short.</summary>
    HighMemoryPressure = 12,
}
