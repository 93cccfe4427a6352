namespace OrleansShop.Clinic.Testing;

/// <summary>The time as it will be after a while; durations pass as they do.</summary>
public sealed class LaterTime(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
