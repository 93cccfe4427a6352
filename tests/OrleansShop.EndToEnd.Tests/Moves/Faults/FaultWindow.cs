namespace OrleansShop.EndToEnd.Tests.Moves.Faults;

/// <summary>The time from the beginning of a fault until every entity was answered for again, as timestamps.</summary>
internal sealed record FaultWindow(string Fault, long From, long Until)
{
    /// <summary>Whether a request was under way in it.</summary>
    public bool Meets(long sentAt, long answeredAt) => sentAt <= Until && answeredAt >= From;
}
