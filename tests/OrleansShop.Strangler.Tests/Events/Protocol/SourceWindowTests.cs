using OrleansShop.Strangler.Events;
using OrleansShop.Strangler.Events.Protocol;
using Xunit;

namespace OrleansShop.Strangler.Tests.Events.Protocol;

public sealed class SourceWindowTests
{
    [Fact]
    public void In_order_it_is_one_number()
    {
        var window = Enumerable.Range(1, 1000).Aggregate(new SourceWindow(), (seen, sequence) => seen.With(sequence));

        Assert.Empty(window.Missing);
        Assert.Equal(EventReceipt.Duplicate, window.Look(1));
        Assert.Equal(EventReceipt.New, window.Look(1001));
    }

    [Fact]
    public void What_was_overtaken_is_new_when_it_comes_and_a_duplicate_after_that()
    {
        var window = new SourceWindow().With(1).With(4);

        Assert.Equal([2L, 3L], window.Missing);
        Assert.Equal(EventReceipt.New, window.Look(3));
        Assert.Equal(EventReceipt.Duplicate, window.With(3).Look(3));
        Assert.Equal(EventReceipt.New, window.With(3).Look(2));
    }

    [Fact]
    public void One_that_was_put_aside_is_still_new_after_any_number_of_others()
    {
        var window = Enumerable.Range(3, 10_000).Aggregate(new SourceWindow().With(1), (seen, sequence) => seen.With(sequence));

        Assert.Equal(EventReceipt.New, window.Look(2));
    }

    [Fact]
    public void When_too_many_are_missing_the_oldest_are_unknown()
    {
        var window = new SourceWindow().With(1);
        for (var sequence = 3L; sequence <= 3 + (2 * SourceWindow.MaxMissing); sequence += 2) window = window.With(sequence);

        Assert.Equal(SourceWindow.MaxMissing, window.Missing.Length);
        Assert.Equal(EventReceipt.Unknown, window.Look(2));
        Assert.Equal(EventReceipt.New, window.Look(4));
        Assert.Equal(EventReceipt.Duplicate, window.Look(5));
    }

    [Fact]
    public void A_first_number_far_from_1_costs_no_more_than_the_window()
    {
        var window = new SourceWindow().With(long.MaxValue);

        Assert.Equal(SourceWindow.MaxMissing, window.Missing.Length);
        Assert.Equal(EventReceipt.Unknown, window.Look(5));
        Assert.Equal(EventReceipt.New, window.Look(long.MaxValue - 1));
    }

    [Fact]
    public void It_agrees_with_a_set_of_all_numbers_while_no_more_are_missing_than_it_remembers()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (window, handled) = (new SourceWindow(), new HashSet<long>());
            for (long step = 0, sequence = 0; step < 300; step++)
            {
                sequence = Math.Max(1, sequence + random.Next(-5, 7));
                Assert.Equal(handled.Contains(sequence) ? EventReceipt.Duplicate : EventReceipt.New, Known(window, sequence));
                if (handled.Add(sequence)) window = window.With(sequence);
                if (window.ForgottenThrough > 0) break;
            }
        }
    }

    private static EventReceipt Known(SourceWindow window, long sequence) => window.Look(sequence);
}
