using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Simulation.Time;
using OrleansShop.Engine.Simulation.Tracing;

namespace OrleansShop.Engine.Simulation.Table;

/// <summary>The membership table as a store somewhere: slow, away at times, and with requests that take effect although nobody hears of it.</summary>
internal sealed class SimulatedTable(VirtualTime time, Trace trace)
{
    public MembershipView Content { get; private set; } = MembershipView.Empty;

    public VirtualTime Time => time;

    /// <summary>How it behaves now.</summary>
    public TableMood Mood { get; set; } = TableMood.Well;

    /// <summary>How many requests have been made, of any kind.</summary>
    public long Requests { get; set; }

    /// <summary>How many silos have crashed while they might run grains.</summary>
    public int Crashes { get; private set; }

    /// <summary>How many have left with nothing running.</summary>
    public int Leaves { get; private set; }

    public bool Write(TableWrite write)
    {
        if (!TableContent.Allows(Content, write))
            return false;
        Crashes += TableContent.IsCrash(Content.Find(write.Row.Silo), write.Row) ? 1 : 0;
        Leaves += write.Row.HasDrained ? 1 : 0;
        Content = TableContent.Put(Content, write.Row);
        trace.Note("table", $"{Content.Version}: {write.Row.SiloName} {write.Row.Silo} is {write.Row.Status}{(write.Row.HasDrained ? ", drained" : "")}{(write.Row.Suspicions.IsEmpty ? "" : $", suspected by {write.Row.Suspicions.Length}")}");
        return true;
    }

    public RenewedRow? Renew(Renewal renewal)
    {
        if (TableContent.Renew(Content, renewal) is { } renewed)
        {
            Content = renewed;
            trace.Detail("table", $"{renewal.Silo} renews, acknowledges {renewal.Acknowledged?.View.ToString() ?? "nothing"}{(renewal.Acknowledged?.Draining.IsEmpty == false ? " and drains" : "")}");
        }

        return TableContent.Of(Content, renewal.Silo);
    }
}

/// <summary>How the table treats requests.</summary>
/// <param name="Usual">The most that most requests take, there and back.</param>
/// <param name="SlowShare">How many of a thousand take longer.</param>
/// <param name="Slow">The most that those take, one way.</param>
/// <param name="LostShare">The answers of how many of a thousand are lost; the request is done.</param>
/// <param name="LateShare">How many of a thousand fail, and are done later all the same.</param>
/// <param name="IsAway">Whether it fails all requests.</param>
/// <param name="IsHanging">Whether it answers none.</param>
internal sealed record TableMood(TimeSpan Usual, int SlowShare, TimeSpan Slow, int LostShare, int LateShare, bool IsAway = false, bool IsHanging = false)
{
    public static TableMood Well { get; } = new(TimeSpan.FromMilliseconds(10), SlowShare: 0, TimeSpan.Zero, LostShare: 0, LateShare: 0);

    public TimeSpan Draw(Random random) => random.Next(1000) < SlowShare ? Slow * random.NextDouble() : (Usual * random.NextDouble() / 2) + TimeSpan.FromMicroseconds(100);
}
