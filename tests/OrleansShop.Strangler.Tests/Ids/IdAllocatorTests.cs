using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Ids;
using Xunit;

namespace OrleansShop.Strangler.Tests.Ids;

public sealed class IdAllocatorTests
{
    private const long Epoch = 1;

    private static readonly EntityManifest Book = new("books", "book", "books", "id", [], [], []);
    private static readonly EntityManifest Film = Book with { Kind = "film" };

    private readonly NumberingMonolith _bridge = new();

    [Fact]
    public async Task Ids_come_from_blocks_so_that_the_bridge_is_asked_seldom()
    {
        using var ids = Allocator(blockSize: 20);

        var taken = new List<long>();
        for (var number = 0; number < 45; number++)
        {
            taken.Add(await ids.NextAsync(Book, Epoch));
        }

        Assert.Equal(Enumerable.Range(1, 45).Select(id => (long)id), taken);
        Assert.Equal(3, _bridge.Allocations);
    }

    [Fact]
    public async Task Each_kind_has_blocks_of_its_own()
    {
        using var ids = Allocator(blockSize: 3);

        var taken = new List<long> { await ids.NextAsync(Book, Epoch), await ids.NextAsync(Film, Epoch), await ids.NextAsync(Book, Epoch), await ids.NextAsync(Film, Epoch) };

        Assert.Equal([1L, 1, 2, 2], taken);
    }

    [Fact]
    public async Task Callers_at_once_get_different_ids_and_share_the_blocks()
    {
        using var ids = Allocator(blockSize: 7);
        var taken = new ConcurrentBag<long>();

        await Parallel.ForEachAsync(Enumerable.Range(0, 700), async (_, cancellation) => taken.Add(await ids.NextAsync(Book, Epoch, cancellation)));

        Assert.Equal(700, taken.Distinct().Count());
        Assert.Equal(100, _bridge.Allocations);
    }

    [Fact]
    public async Task When_the_bridge_fails_the_caller_learns_it_and_the_next_one_tries_again()
    {
        using var ids = Allocator(blockSize: 1);
        _bridge.FailWith(new BridgeUnavailableException("down", TimeSpan.FromSeconds(1)));

        await Assert.ThrowsAsync<BridgeUnavailableException>(() => ids.NextAsync(Book, Epoch).AsTask());

        Assert.Equal(1, await ids.NextAsync(Book, Epoch));
    }

    [Fact]
    public async Task A_block_is_given_up_when_the_capability_was_away_in_between()
    {
        using var ids = Allocator(blockSize: 20);
        Assert.Equal(1, await ids.NextAsync(Book, Epoch));

        // The monolith numbers on after the block while it owns the capability; what comes back must not number below it.
        Assert.Equal(21, await ids.NextAsync(Book, Epoch + 2));
    }

    private IdAllocator Allocator(int blockSize) => new(_bridge, Options.Create(new IdAllocatorOptions { BlockSize = blockSize }));
}
