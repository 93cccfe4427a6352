using OrleansShop.Strangler.Rollout;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Strangler.Tests.Rollout;

public sealed class FigureWindowTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Several_gateways_add_up_and_what_they_had_before_does_not_count()
    {
        var window = Open(epoch: 3);
        window.Take(Of("a", 3, grains: 1000, errors: 10));
        window.Take(Of("b", 3, grains: 5));
        window.Take(Of("a", 3, grains: 1100, errors: 12));
        window.Take(Of("b", 3, grains: 15, errors: 1));

        var sums = window.Sum();

        Assert.Equal((110L, 3L), (sums.Grains.Requests, sums.Grains.Errors));
        Assert.Equal(110, sums.Grains.Latencies.Sum());
        Assert.Equal(2, window.Heard(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void A_gateway_that_goes_by_another_epoch_does_not_count()
    {
        var window = Open(epoch: 3);
        window.Take(Of("a", 2, grains: 1));

        Assert.Equal((0, null, 0L), (window.Heard(TimeSpan.FromSeconds(10)), window.Age, window.Sum().Grains.Requests));
    }

    [Fact]
    public void Its_age_counts_from_the_first_figures_and_a_new_epoch_begins_anew()
    {
        var window = Open(epoch: 3);
        _time.Advance(TimeSpan.FromSeconds(5));
        window.Take(Of("a", 3, grains: 1));
        _time.Advance(TimeSpan.FromSeconds(7));
        window.Take(Of("a", 3, grains: 9));
        Assert.Equal((TimeSpan.FromSeconds(7), 8L), (window.Age, window.Sum().Grains.Requests));

        window.Follow(3);
        Assert.Equal(8, window.Sum().Grains.Requests);
        window.Follow(4);
        Assert.Equal((null, 0L), (window.Age, window.Sum().Grains.Requests));
    }

    [Fact]
    public void A_silent_gateway_is_not_heard_and_what_it_has_told_stays()
    {
        var window = Open(epoch: 3);
        window.Take(Of("a", 3, grains: 1));
        window.Take(Of("a", 3, grains: 4));
        _time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal((0, 3L), (window.Heard(TimeSpan.FromSeconds(10)), window.Sum().Grains.Requests));
    }

    [Fact]
    public void Figures_that_were_overtaken_on_their_way_do_not_count()
    {
        var window = Open(epoch: 3);
        window.Take(Of("a", 3, grains: 1));
        window.Take(Of("a", 3, grains: 9));
        window.Take(Of("a", 3, grains: 4));

        Assert.Equal(8, window.Sum().Grains.Requests);
    }

    [Fact]
    public void More_gateways_than_it_knows_by_name_still_add_up()
    {
        var window = Open(epoch: 3);
        for (var gateway = 0; gateway < 200; gateway++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            window.Take(Of($"{gateway}", 3, grains: 10));
            window.Take(Of($"{gateway}", 3, grains: 13));
        }

        Assert.Equal(600, window.Sum().Grains.Requests);
        Assert.Equal(64, window.Heard(TimeSpan.FromSeconds(10)));
    }

    private FigureWindow Open(long epoch)
    {
        var window = new FigureWindow(_time);
        window.Follow(epoch);
        return window;
    }

    private static GatewayFigures Of(string gateway, long epoch, long grains, long errors = 0) =>
        new(gateway, epoch, SideFigures.None, new SideFigures(grains, errors, [grains]), Compared: 0, Different: 0);
}
