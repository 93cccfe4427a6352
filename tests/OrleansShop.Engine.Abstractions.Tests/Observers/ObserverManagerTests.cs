using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Utilities;
using Xunit;

namespace OrleansShop.Engine.Abstractions.Tests.Observers;

public sealed class ObserverManagerTests
{
    private readonly ObserverManager<string, List<string>> _observers;
    private DateTime _now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public ObserverManagerTests() =>
        _observers = new(TimeSpan.FromMinutes(1), NullLogger.Instance) { GetDateTime = () => _now };

    [Fact]
    public async Task All_observers_are_told()
    {
        List<string> a = [], b = [];
        _observers.Subscribe("a", a);
        _observers.Subscribe("b", b);
        _observers.Notify(observer => observer.Add("one"));
        await _observers.Notify(observer => Tell(observer, "two"));
        _observers.Notify(observer => observer.Add("three"), observer => ReferenceEquals(observer, a));
        Assert.Equal(["one", "two", "three"], a);
        Assert.Equal(["one", "two"], b);
        Assert.Equal(["a", "b"], _observers.Observers.Keys.Order());
    }

    [Fact]
    public void One_that_does_not_renew_its_subscription_in_time_is_dropped()
    {
        List<string> early = [], late = [];
        _observers.Subscribe("early", early);
        _now += TimeSpan.FromSeconds(40);
        _observers.Subscribe("late", late);
        _now += TimeSpan.FromSeconds(40);
        Assert.Equal(2, _observers.Count);
        _observers.Notify(observer => observer.Add("told"));
        Assert.Empty(early);
        Assert.Equal(["told"], late);
        Assert.Equal(1, _observers.Count);
    }

    [Fact]
    public void One_that_renews_its_subscription_stays()
    {
        _observers.Subscribe("a", []);
        _now += TimeSpan.FromSeconds(50);
        _observers.Subscribe("a", []);
        _now += TimeSpan.FromSeconds(50);
        _observers.ClearExpired();
        Assert.Equal(1, _observers.Count);
    }

    [Fact]
    public async Task One_that_fails_is_dropped_and_the_others_are_told()
    {
        List<string> good = [];
        _observers.Subscribe("bad", ["fails"]);
        _observers.Subscribe("good", good);
        await _observers.Notify(observer => observer.Contains("fails") ? throw new InvalidOperationException("gone") : Tell(observer, "told"));
        Assert.Equal(["told"], good);
        Assert.Equal(["good"], _observers.Observers.Keys);

        _observers.Subscribe("bad", ["fails"]);
        _observers.Notify(observer =>
        {
            if (observer.Contains("fails"))
                throw new InvalidOperationException("gone");
        });
        Assert.Equal(["good"], _observers.Observers.Keys);
    }

    [Fact]
    public async Task One_that_subscribes_again_while_it_is_told_and_fails_stays()
    {
        _observers.Subscribe("a", []);
        await _observers.Notify(observer =>
        {
            _observers.Subscribe("a", ["again"]);
            return Task.FromException(new InvalidOperationException("gone"));
        });
        Assert.Equal(["again"], _observers.Single());
    }

    [Fact]
    public void One_that_unsubscribes_is_gone()
    {
        _observers.Subscribe("a", []);
        _observers.Unsubscribe("a");
        _observers.Unsubscribe("a");
        Assert.Empty(_observers);
        _observers.Subscribe("b", []);
        _observers.Clear();
        Assert.Equal(0, _observers.Count);
    }

    private static async Task Tell(List<string> observer, string what)
    {
        await Task.Yield();
        observer.Add(what);
    }
}
