using Microsoft.Extensions.Logging.Abstractions;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Rows;
using OrleansShop.Strangler.Switching;
using OrleansShop.Strangler.Tests.Capabilities;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Strangler.Tests.Switching;

public sealed class CapabilitySwitchTests
{
    private readonly MonolithInMemory _monolith = new();
    private readonly ContentInMemory _content = new();
    private readonly GrainInMemory _grain = new("books");
    private readonly ManualTimeProvider _time = new();
    private readonly CapabilitySwitch _switch;

    public CapabilitySwitchTests()
    {
        // A second kind that books refer to, so that the order of kinds shows.
        CapabilityCatalog catalog = Library.Catalog(
            ("Capabilities:books:Entities:0:Kind", "shelf"), ("Capabilities:books:Entities:0:Table", "shelves"),
            ("Capabilities:books:Entities:1:Kind", "book"), ("Capabilities:books:Entities:1:Table", "books"), ("Capabilities:books:Entities:1:KeyColumn", "id"));
        _switch = new CapabilitySwitch(
            new ServedCapability(catalog.Get("books"), () => _grain), _content, _monolith, _time, NullLogger<CapabilitySwitch>.Instance);
    }

    [Fact]
    public async Task An_import_copies_every_entity_page_by_page_and_replaces_what_was_there()
    {
        _monolith.Put([.. Enumerable.Range(1, 450).Select(id => Book(id))]);
        _monolith.Put(Shelf(1));
        _content.Put(Book(999));

        var status = await _switch.ImportAsync("jo", default);

        Assert.Equal((CapabilityPhase.Grains, 1L, "jo"), (status.Phase, status.Epoch, status.By));
        Assert.Equal(["1 of shelf", "200 of book", "200 of book", "50 of book"], _content.Imported);
        Assert.Equal(_monolith.All("book"), _content.All("book"));
        Assert.Empty(_monolith.Applied);
        Assert.Equal("Imported shelf: 1, book: 450.", _grain.Record.History[^1].Detail);
    }

    [Fact]
    public async Task An_export_writes_what_the_grains_have_and_deletes_what_they_have_not()
    {
        _monolith.Put(Shelf(1), Shelf(2), Book(1), Book(2), Book(3));
        await _switch.ImportAsync("jo", default);
        _content.Put(Book(2, "changed", version: 2), Book(4));
        _content.Remove("book", 3);
        _content.Remove("shelf", 2);

        var status = await _switch.ExportAsync("mo", default);

        Assert.Equal((CapabilityPhase.Monolith, 2L, "mo"), (status.Phase, status.Epoch, status.By));
        Assert.Equal(
            ["upsert shelf 1", "upsert book 1", "upsert book 2", "upsert book 4", "delete book 3", "delete shelf 2"], _monolith.Applied);
        Assert.Equal(_content.All("book"), _monolith.All("book"));
        Assert.Equal(_content.All("shelf"), _monolith.All("shelf"));
    }

    [Fact]
    public async Task A_discard_changes_the_phase_and_nothing_else()
    {
        _monolith.Put(Book(1));
        await _switch.ImportAsync("jo", default);
        _content.Put(Book(2));

        var status = await _switch.DiscardAsync("jo", default);

        Assert.Equal((CapabilityPhase.Monolith, 2L), (status.Phase, status.Epoch));
        Assert.Empty(_monolith.Applied);
        Assert.Equal("1", Assert.Single(_monolith.All("book")).Id);
    }

    [Fact]
    public async Task A_switch_to_where_the_capability_is_does_nothing()
    {
        _monolith.Put(Book(1));
        await _switch.ImportAsync("jo", default);
        var calls = _monolith.Calls;

        var status = await _switch.ImportAsync("mo", default);

        Assert.Equal((1L, "jo"), (status.Epoch, status.By));
        Assert.Equal(calls, _monolith.Calls);
    }

    [Fact]
    public async Task A_failure_at_any_call_leaves_the_phase_and_the_next_try_succeeds()
    {
        _monolith.Put([.. Enumerable.Range(1, 450).Select(id => Book(id))]);
        _monolith.Put(Shelf(1));
        var failures = 0;
        foreach (var target in new[] { CapabilityPhase.Grains, CapabilityPhase.Monolith })
        {
            for (var failing = 1; await FailsAtCallAsync(target, failing); failing++)
            {
                failures++;
                Assert.NotEqual(target, _grain.Record.Phase);
                Assert.Null(_grain.Record.Pending);
                Assert.Contains("down", _grain.Record.History[^1].Detail, StringComparison.Ordinal);
            }

            Assert.Equal(target, _grain.Record.Phase);
            Assert.Equal(_monolith.All("book"), _content.All("book"));
        }

        Assert.True(failures > 25, $"Only {failures} calls could fail.");
    }

    [Fact]
    public async Task While_a_switch_runs_another_is_refused_with_the_time_to_wait()
    {
        await _grain.BeginAsync(CapabilityPhase.Grains, "somebody");

        var refused = await Assert.ThrowsAsync<SwitchRefusedException>(() => _switch.ImportAsync("jo", default));

        Assert.Equal(TimeSpan.FromSeconds(7), refused.RetryAfter);
        Assert.Equal(0, _monolith.Calls);
    }

    [Fact]
    public async Task A_switch_that_another_has_taken_the_place_of_stops_before_its_next_effect()
    {
        _monolith.Put([.. Enumerable.Range(1, 450).Select(id => Book(id))]);
        _content.BeforeCall = call =>
        {
            if (call == 2)
            {
                _grain.Supersede();
                _time.Advance(CapabilityGrain.Lease / 3);
            }
        };

        var refused = await Assert.ThrowsAsync<SwitchRefusedException>(() => _switch.ImportAsync("jo", default));

        Assert.Contains("another has begun", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["200 of book"], _content.Imported);
        Assert.Equal((CapabilityPhase.Monolith, "another"), (_grain.Record.Phase, _grain.Record.Pending?.By));
    }

    [Fact]
    public async Task A_caller_that_gives_up_stops_the_switch_and_the_phase_stays()
    {
        using var giveUp = new CancellationTokenSource();
        _monolith.Put(Book(1));
        _content.BeforeCall = _ => giveUp.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _switch.ImportAsync("jo", giveUp.Token));

        Assert.Equal(CapabilityPhase.Monolith, _grain.Record.Phase);
        Assert.Null(_grain.Record.Pending);
    }

    [Fact]
    public async Task A_write_past_the_gateway_is_noticed_by_the_counts()
    {
        _monolith.Put(Book(1));
        _content.BeforeCall = call =>
        {
            if (call == 2)
            {
                _monolith.Put(Book(2));
            }
        };

        var refused = await Assert.ThrowsAsync<SwitchRefusedException>(() => _switch.ImportAsync("jo", default));

        Assert.Contains("the monolith has 2 entities of the kind book and the grains have 1", refused.Message, StringComparison.Ordinal);
        Assert.Equal(CapabilityPhase.Monolith, _grain.Record.Phase);
    }

    /// <summary>Fails the call of this number, counted over bridge and content. False: the switch succeeded before it came to that call.</summary>
    private async Task<bool> FailsAtCallAsync(CapabilityPhase target, int failing)
    {
        var calls = 0;
        void Count(int number)
        {
            if (++calls == failing)
            {
                throw new BridgeUnavailableException("down", TimeSpan.FromSeconds(1));
            }
        }

        _monolith.BeforeCall = Count;
        _content.BeforeCall = Count;
        try
        {
            _ = target == CapabilityPhase.Grains ? await _switch.ImportAsync("jo", default) : await _switch.ExportAsync("jo", default);
            return false;
        }
        catch (BridgeUnavailableException)
        {
            return true;
        }
        finally
        {
            _monolith.BeforeCall = null;
            _content.BeforeCall = null;
        }
    }

    private static EntityRows Book(int id, string title = "title", long version = 0) => new("book", $"{id}", version, Row.Of(("id", id), ("title", title)));

    private static EntityRows Shelf(int id) => new("shelf", $"{id}", 0, Row.Of(("id", id)));
}
