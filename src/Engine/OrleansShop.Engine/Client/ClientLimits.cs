namespace OrleansShop.Engine.Client;

/// <summary>How a client connects.</summary>
/// <param name="OpenTimeout">How long it waits for one gateway.</param>
/// <param name="RetryDelay">How long it pauses after none answered.</param>
internal sealed record ClientLimits(TimeSpan OpenTimeout, TimeSpan RetryDelay);
