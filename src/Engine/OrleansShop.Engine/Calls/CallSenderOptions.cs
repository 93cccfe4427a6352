namespace OrleansShop.Engine.Calls;

/// <summary>What the sender takes from the messaging options of a silo or a client.</summary>
/// <param name="ResponseTimeout">How long a caller waits for the answer to a method without a timeout of its own.</param>
/// <param name="CancelRequestOnTimeout">Whether the callee is told when the caller stops waiting.</param>
/// <param name="WaitsForCancellation">Whether a cancelled call ends with the callee's answer, and not at once.</param>
internal sealed record CallSenderOptions(TimeSpan ResponseTimeout, bool CancelRequestOnTimeout, bool WaitsForCancellation);
