namespace Orleans.TestingHost.Diagnostics;

/// <summary>An event that a <see cref="System.Diagnostics.DiagnosticListener"/> of this process has written.</summary>
/// <param name="Name">The event's name.</param>
/// <param name="Payload">What was written with it; null for nothing.</param>
/// <param name="Timestamp">When it was captured.</param>
public record struct DiagnosticEvent(string Name, object? Payload, DateTimeOffset Timestamp);
