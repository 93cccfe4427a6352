namespace OrleansShop.Engine.Streams.Pulling;

/// <summary>A delivery that has failed for good.</summary>
/// <param name="Failure">The last failure.</param>
/// <param name="Attempts">How often it was tried; calls that reached nobody not counted.</param>
/// <param name="FirstFailedAt">When it failed first, UTC.</param>
/// <param name="FailedAt">When it failed last, UTC.</param>
internal sealed record FailedDelivery(Exception Failure, int Attempts, DateTimeOffset FirstFailedAt, DateTimeOffset FailedAt);
