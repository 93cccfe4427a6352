using OrleansShop.Engine.Membership;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Engine.Tests.Membership;

public sealed class SiloLeaseTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void It_is_out_from_the_moment_that_its_time_has_come()
    {
        var lease = LeaseOf(seconds: 6);

        _time.Advance(TimeSpan.FromSeconds(5.9));
        Assert.False(lease.HasRunOut());

        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(lease.HasRunOut());
        Assert.Equal((true, false), (lease.IsOut, lease.IsOver));
    }

    [Fact]
    public void What_is_parked_goes_on_when_it_runs_again()
    {
        var lease = LeaseOf(seconds: 6);
        using var work = new Work();
        Assert.False(lease.TryPark(work), "While it runs there is no reason to wait.");
        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.True(lease.HasRunOut());
        Assert.True(lease.TryPark(work));

        lease.RunUntil(_time.GetTimestamp());
        Assert.True(lease.IsOut, "An end that has come already extends nothing.");
        lease.RunUntil(_time.GetTimestamp() + _time.TimestampFrequency);

        Assert.False(lease.IsOut);
        Assert.True(work.WasRun(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void What_is_over_does_not_run_again()
    {
        var lease = LeaseOf(seconds: 6);
        var endings = 0;
        using var told = new ManualResetEventSlim();
        lease.Ended += () =>
        {
            Interlocked.Increment(ref endings);
            told.Set();
        };

        lease.End();
        lease.End();
        lease.RunUntil(_time.GetTimestamp() + _time.TimestampFrequency);

        Assert.Equal((true, true), (lease.IsOut, lease.IsOver));
        Assert.True(told.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Equal(1, Volatile.Read(ref endings));
    }

    [Fact]
    public void A_lease_that_is_out_cannot_be_released()
    {
        var lease = LeaseOf(seconds: 6);
        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.True(lease.HasRunOut());

        lease.Release();

        Assert.True(lease.HasRunOut());
    }

    private SiloLease LeaseOf(double seconds)
    {
        var lease = new SiloLease(_time);
        lease.RunUntil(_time.GetTimestamp() + (long)(seconds * _time.TimestampFrequency));
        return lease;
    }

    private sealed class Work : IThreadPoolWorkItem, IDisposable
    {
        private readonly ManualResetEventSlim _done = new();

        public bool WasRun(CancellationToken cancellationToken) => _done.Wait(TimeSpan.FromSeconds(30), cancellationToken);

        public void Execute() => _done.Set();

        public void Dispose() => _done.Dispose();
    }
}
