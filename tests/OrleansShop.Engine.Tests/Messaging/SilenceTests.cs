using OrleansShop.Engine.Messaging.Connections;
using Xunit;

namespace OrleansShop.Engine.Tests.Messaging;

public sealed class SilenceTests
{
    [Fact]
    public void A_connection_on_which_something_comes_is_never_suspected()
    {
        var silence = default(Silence);
        for (var frames = 1; frames <= 100; frames++)
            silence = silence.Look(frames, isLate: false);

        Assert.False(silence.IsToProbe);
    }

    [Fact]
    public void The_other_end_is_asked_first_then_suspected_then_given_up()
    {
        var silence = default(Silence);
        var (asked, suspected, given) = (0, 0, 0);
        for (var look = 1; look <= 40; look++)
        {
            silence = silence.Look(0, isLate: false);
            asked = asked == 0 && silence.IsToProbe ? look : asked;
            suspected = suspected == 0 && silence.IsSuspicious ? look : suspected;
            given = given == 0 && silence.IsHopeless ? look : given;
        }

        Assert.Equal((Silence.LooksBeforeProbe, Silence.SuspiciousLooks, Silence.HopelessLooks), (asked, suspected, given));
    }

    [Fact]
    public void A_late_look_begins_anew()
    {
        var silence = default(Silence);
        for (var look = 0; look < Silence.SuspiciousLooks - 1; look++)
            silence = silence.Look(0, isLate: false);

        silence = silence.Look(0, isLate: true);

        Assert.True(silence.IsToProbe);
        Assert.False(silence.IsSuspicious);
    }

    [Fact]
    public void What_comes_clears_it()
    {
        var silence = default(Silence);
        for (var look = 0; look < Silence.SuspiciousLooks; look++)
            silence = silence.Look(0, isLate: false);
        Assert.True(silence.IsSuspicious);

        Assert.False(silence.Look(1, isLate: false).IsToProbe);
    }
}
