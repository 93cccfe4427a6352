namespace OrleansShop.Engine.Sqs.Calling;

/// <summary>Times as SQS takes them.</summary>
internal static class WholeSeconds
{
    /// <summary>The whole seconds that a time takes, rounded up.</summary>
    public static int Of(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);

    /// <summary>The same, of a time that must be in a range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static int Of(TimeSpan time, TimeSpan atMost, string name)
    {
        if (time < TimeSpan.Zero || time > atMost) throw new ArgumentOutOfRangeException(name, time, $"It must be between 0 and {atMost}.");
        return Of(time);
    }
}
