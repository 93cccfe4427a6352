namespace OrleansShop.Engine.Messaging.Connections;

/// <summary>What connections may take.</summary>
/// <param name="MaxFrameBytes">The longest frame, header included.</param>
/// <param name="OpenTimeout">How long opening, hellos included, may take.</param>
/// <param name="RetryDelay">The longest pause between two tries to open.</param>
/// <param name="RefusedMeansDead">Whether two refused tries prove that a silo is gone.</param>
internal sealed record ConnectionLimits(int MaxFrameBytes, TimeSpan OpenTimeout, TimeSpan RetryDelay, bool RefusedMeansDead);
