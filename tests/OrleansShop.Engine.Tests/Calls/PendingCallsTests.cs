using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Serialization;
using Xunit;

namespace OrleansShop.Engine.Tests.Calls;

public sealed class PendingCallsTests
{
    [Fact]
    public void A_call_leaves_once()
    {
        var pending = new PendingCalls();
        var call = new TestCall();
        pending.Add(call);
        Assert.Same(call, pending.Find(call.CorrelationId));
        Assert.True(pending.TryRemove(call));
        Assert.False(pending.TryRemove(call));
        Assert.Null(pending.Take(call.CorrelationId));
        Assert.Equal(0, pending.Count);
    }

    [Fact]
    public void An_id_of_an_earlier_call_does_not_find_the_call_that_has_its_slot_now()
    {
        var pending = new PendingCalls();
        var first = new TestCall();
        pending.Add(first);
        var id = first.CorrelationId;
        pending.TryRemove(first);
        var second = new TestCall();
        pending.Add(second);
        Assert.Null(pending.Take(id));
        Assert.Same(second, pending.Take(second.CorrelationId));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Ids_from_nowhere_find_nothing(long id)
    {
        var pending = new PendingCalls();
        pending.Add(new TestCall());
        Assert.Null(pending.Take(id));
    }

    [Fact]
    public void A_sweep_takes_out_what_is_overdue_and_nothing_else()
    {
        var timedOut = new List<GrainCall>();
        var pending = new PendingCalls { TimedOut = timedOut.Add };
        var overdue = new TestCall { DeadlineMs = 100 };
        var later = new TestCall { DeadlineMs = 200 };
        pending.Add(overdue);
        pending.Add(later);
        pending.Sweep(150);
        Assert.Equal([overdue], timedOut);
        Assert.Equal(1, pending.Count);
    }

    [Fact]
    public async Task The_death_of_a_silo_fails_what_was_sent_to_it()
    {
        var pending = new PendingCalls();
        var silo = SiloAddress.New(System.Net.IPAddress.Loopback, 1, 1);
        var remote = new TestCall { RemoteSilo = silo };
        var local = new TestCall();
        var answer = remote.Begin();
        pending.Add(remote);
        pending.Add(local);
        pending.FailAll(silo, call => new SiloUnavailableException("dead"));
        await Assert.ThrowsAsync<SiloUnavailableException>(() => answer);
        Assert.Equal(1, pending.Count);
    }

    [Fact]
    public async Task Threads_that_add_and_remove_at_once_lose_nothing()
    {
        var pending = new PendingCalls();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                var calls = Enumerable.Range(0, 5).Select(_ => new TestCall()).ToArray();
                foreach (var call in calls) pending.Add(call);
                foreach (var call in calls) Assert.Same(call, pending.Take(call.CorrelationId));
            }
        })));
        Assert.Equal(0, pending.Count);
    }

    private sealed class TestCall : VoidGrainCall
    {
        private static readonly GrainMethod s_method = new(typeof(PendingCallsTests), "Test", 1, GrainMethodTraits.None, null, []);

        public override GrainMethod Method => s_method;

        public override void WriteArguments(PayloadWriter writer)
        {
        }

        public override void ReadArguments(PayloadReader reader)
        {
        }

        public override void CopyArguments(CopyContext context)
        {
        }

        protected override ValueTask Invoke(object target) => default;
    }
}
