namespace OrleansShop.Testing.Clusters;

/// <summary>What a front says to a request: what a counter answered, or how the call to it failed.</summary>
/// <param name="ProcessId">The process that the counter lives in; 0 if the call failed.</param>
/// <param name="Count">How many increments it has counted; 0 if the call failed.</param>
/// <param name="Failure">The name of the exception's type; null if there was none.</param>
/// <param name="Message">Its message.</param>
public sealed record FrontAnswer(int ProcessId, int Count, string? Failure = null, string? Message = null);
