using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Placement.Protocol;
using OrleansShop.Engine.Tests.Membership;
using Xunit;

namespace OrleansShop.Engine.Tests.Placement;

/// <summary>The rules that hosts of redirected grains go by, one at a time.</summary>
public sealed class PlacementProtocolTests
{
    private static readonly MembershipRow[] OneAndTwo = [Row(1), Row(2)];

    [Fact]
    public void An_owner_stays_the_owner_while_nobody_heavier_was_there()
    {
        var span = new OwnerSpan(Rows.View(5, OneAndTwo), Rows.View(9, [.. OneAndTwo, Row(3, SiloStatus.Joining)]));

        Assert.All(Grains(Rows.Silo(1), OneAndTwo), grain => Assert.True(span.IsUnbroken(grain, Rows.Silo(1)), $"{grain}"));
    }

    [Fact]
    public void A_silo_that_came_and_went_in_skipped_views_has_broken_what_it_outweighs()
    {
        var span = new OwnerSpan(Rows.View(5, OneAndTwo), Rows.View(9, [.. OneAndTwo, Row(3, SiloStatus.ShuttingDown)]));
        var withThree = PartitionTable.For([Rows.Silo(1), Rows.Silo(2), Rows.Silo(3)]);

        var grains = Grains(Rows.Silo(1), OneAndTwo);
        Assert.All(grains, grain => Assert.Equal(withThree.OwnerOf(Partition.Of(grain)).Equals(Rows.Silo(1)), span.IsUnbroken(grain, Rows.Silo(1))));
        Assert.Contains(grains, grain => !span.IsUnbroken(grain, Rows.Silo(1)));
    }

    [Fact]
    public void A_row_that_was_replaced_in_skipped_views_breaks_everything()
    {
        var replaced = Row(3) with { PredecessorEnded = 7 };

        Assert.All(Grains(Rows.Silo(1), OneAndTwo), grain => Assert.False(new OwnerSpan(Rows.View(5, OneAndTwo), Rows.View(9, [.. OneAndTwo, replaced])).IsUnbroken(grain, Rows.Silo(1)), $"{grain}"));
    }

    [Fact]
    public void An_owner_that_is_leaving_owns_no_more()
    {
        var span = new OwnerSpan(Rows.View(5, OneAndTwo), Rows.View(6, Row(1, SiloStatus.ShuttingDown), Row(2)));

        Assert.All(Grains(Rows.Silo(1), OneAndTwo), grain => Assert.False(span.IsUnbroken(grain, Rows.Silo(1)), $"{grain}"));
    }

    [Fact]
    public void An_owner_names_no_number_as_past_that_a_host_is_still_to_be_asked_with()
    {
        var table = new RedirectTable();
        var grains = Grains(Rows.Silo(1), OneAndTwo);
        var asked = table.Begin(grains[0], Rows.Silo(2), view: 5);
        var choosing = table.Begin(grains[1], host: null, view: 5);
        table.NoteAsked(grains[0], asked.Number);

        Assert.Equal(choosing.Number, table.Floor);
        Assert.Equal((grains[0], asked.Number), Assert.Single(table.On(Rows.Silo(2))));

        table.Choose(grains[1], choosing.Number, Rows.Silo(2));
        Assert.Equal(choosing.Number, table.Floor);

        table.NoteAsked(grains[1], choosing.Number);
        Assert.Equal(choosing.Number + 1, table.Floor);
        Assert.Equal(2, table.On(Rows.Silo(2)).Count);
    }

    [Fact]
    public void An_answer_that_comes_before_the_note_that_it_was_asked_for_stands()
    {
        var table = new RedirectTable();
        var grain = Grains(Rows.Silo(1), OneAndTwo)[0];
        var placing = table.Begin(grain, Rows.Silo(2), view: 5);

        Assert.True(table.Confirm(grain, placing.Number, Rows.Silo(2)));
        table.NoteAsked(grain, placing.Number);

        Assert.Equal(RedirectStage.Placed, table.Find(grain)!.Stage);
    }

    [Fact]
    public void A_placement_is_taken_in_its_own_view_only()
    {
        var ring = Ring.Empty(Rows.Silo(2)).Next(Rows.View(5, OneAndTwo), PartitionSet.Empty);
        var grain = Grains(Rows.Silo(1), OneAndTwo)[0];
        var hosted = new HostedPlacements();

        Assert.Equal(PlacementAnswer.Taken, hosted.Judge(ring, grain, Rows.Silo(1), number: 3, view: 5));
        Assert.Equal(PlacementAnswer.Refused, hosted.Judge(ring, grain, Rows.Silo(1), number: 3, view: 4));
        Assert.Equal(PlacementAnswer.TooEarly, hosted.Judge(ring, grain, Rows.Silo(1), number: 3, view: 6));
    }

    [Fact]
    public void Only_the_owner_places_a_grain_and_no_number_below_the_floor()
    {
        var ring = Ring.Empty(Rows.Silo(2)).Next(Rows.View(5, OneAndTwo), PartitionSet.Empty);
        var hosted = new HostedPlacements();
        Assert.Equal(PlacementAnswer.Refused, hosted.Judge(ring, Grains(Rows.Silo(2), OneAndTwo)[0], Rows.Silo(1), number: 3, view: 5));

        hosted.Raise(Rows.Silo(1), 4);
        hosted.Raise(Rows.Silo(1), 2);
        var grain = Grains(Rows.Silo(1), OneAndTwo)[0];
        Assert.Equal(PlacementAnswer.Refused, hosted.Judge(ring, grain, Rows.Silo(1), number: 3, view: 5));
        Assert.Equal(PlacementAnswer.Taken, hosted.Judge(ring, grain, Rows.Silo(1), number: 4, view: 5));
    }

    [Fact]
    public void A_late_answer_changes_nothing()
    {
        var table = new RedirectTable();
        var grain = GrainId.Create("g", "1");
        var first = table.Begin(grain, Rows.Silo(2), view: 5);
        Assert.True(table.Drop(grain, first.Number), "It is dropped once.");
        var second = table.Begin(grain, Rows.Silo(3), view: 5);

        Assert.False(table.Confirm(grain, first.Number, Rows.Silo(2)), "The first placement is over.");
        Assert.False(table.Drop(grain, first.Number), "The first placement is over.");
        Assert.False(table.Confirm(grain, second.Number, Rows.Silo(2)), "It is not on that silo.");
        Assert.True(table.Confirm(grain, second.Number, Rows.Silo(3)), "It is there.");
        Assert.Equal(RedirectStage.Placed, table.Find(grain)!.Stage);
    }

    private static MembershipRow Row(int number, SiloStatus status = SiloStatus.Active) => Rows.Row(number, status, 1, "g");

    private static List<GrainId> Grains(SiloAddress owner, MembershipRow[] rows)
    {
        var table = PartitionTable.For(rows.Select(row => row.Silo));
        return [.. Enumerable.Range(0, 200).Select(i => GrainId.Create("g", $"{i}")).Where(grain => table.OwnerOf(Partition.Of(grain)).Equals(owner))];
    }
}
