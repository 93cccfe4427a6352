using OrleansShop.Engine.Sqs.Batches;
using OrleansShop.Engine.Sqs.Calling;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Batches;

public sealed class PendingEntriesTests
{
    [Theory]
    [InlineData(0, new int[0])]
    [InlineData(1, new[] { 1 })]
    [InlineData(10, new[] { 10 })]
    [InlineData(11, new[] { 10, 1 })]
    [InlineData(25, new[] { 10, 10, 5 })]
    public void Calls_have_ten_entries_at_most(int count, int[] calls) => Assert.Equal(calls, Sizes(new PendingEntries(new int[count], 100, static _ => null)));

    [Theory]
    [InlineData(new[] { 50, 50 }, new[] { 2 })]
    [InlineData(new[] { 50, 51 }, new[] { 1, 1 })]
    [InlineData(new[] { 100, 1 }, new[] { 1, 1 })]
    [InlineData(new[] { 1, 100 }, new[] { 1, 1 })]
    [InlineData(new[] { 101, 1, 1 }, new[] { 1, 2 })]
    [InlineData(new[] { 33, 33, 33, 33 }, new[] { 3, 1 })]
    public void Calls_have_as_many_bytes_as_are_allowed(int[] sizes, int[] calls) => Assert.Equal(calls, Sizes(new PendingEntries(sizes, 100, static _ => null)));

    [Fact]
    public void Bytes_that_add_up_to_more_than_a_number_holds_are_too_many() =>
        Assert.Equal([1, 1, 1], Sizes(new PendingEntries([int.MaxValue, int.MaxValue, int.MaxValue], int.MaxValue, static _ => null)));

    [Fact]
    public void Two_of_a_group_never_share_a_call_and_keep_their_order()
    {
        string?[] groups = ["a", "a", "b", null, null, "a", "b"];
        var entries = new PendingEntries(new int[groups.Length], 100, entry => groups[entry]);

        Assert.Equal([0, 2, 3, 4], TakeNext(entries));
        Assert.Equal([1, 6], TakeNext(entries));
        Assert.Equal([5], TakeNext(entries));
        Assert.Empty(entries.Next());
    }

    [Fact]
    public void Nothing_of_a_group_goes_after_one_that_failed()
    {
        string?[] groups = ["a", "b", "a", null, "a"];
        var entries = new PendingEntries(new int[groups.Length], 100, entry => groups[entry]);
        Assert.Equal([0, 1, 3], entries.Next());
        foreach (var entry in new[] { 1, 3 }) entries.Take(entry);
        var error = new SqsException(SqsFailure.MessageInvalid, "no");
        entries.Fail(0, error);

        Assert.Empty(entries.Next());
        Assert.Same(error, entries.Errors[0]);
        Assert.Equal([null, SqsFailure.NotSent, null, SqsFailure.NotSent], entries.Errors.Skip(1).Select(static one => one?.Failure));
        Assert.Contains("\"a\"", entries.Errors[2]!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_can_fail_together()
    {
        var entries = new PendingEntries(new int[3], 100, static _ => null);
        entries.Take(1);
        var error = new SqsException(SqsFailure.Unreachable, "no");
        entries.FailRest(error);

        Assert.Equal([error, null, error], entries.Errors);
        Assert.Empty(entries.Next());
    }

    private static List<int> Sizes(PendingEntries entries)
    {
        List<int> sizes = [];
        while (TakeNext(entries) is { Count: > 0 } call) sizes.Add(call.Count);
        return sizes;
    }

    private static List<int> TakeNext(PendingEntries entries)
    {
        var call = entries.Next();
        call.ForEach(entries.Take);
        return call;
    }
}
