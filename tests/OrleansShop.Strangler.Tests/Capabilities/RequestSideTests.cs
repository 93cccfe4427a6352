using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases;
using Xunit;

namespace OrleansShop.Strangler.Tests.Capabilities;

public sealed class RequestSideTests
{
    private const string Entity = "/api/books/17";
    private const string Books = "/api/books";

    [Theory]
    [InlineData(CapabilityPhase.Monolith, 0, ListSide.Monolith, SideRule.Monolith, SideRule.Monolith, SideRule.Monolith)]
    [InlineData(CapabilityPhase.Shadow, 0, ListSide.Monolith, SideRule.Monolith, SideRule.Monolith, SideRule.Monolith)]
    [InlineData(CapabilityPhase.Canary, 0, ListSide.Monolith, SideRule.Monolith, SideRule.Monolith, SideRule.Monolith)]
    [InlineData(CapabilityPhase.Canary, 5, ListSide.Monolith, SideRule.ShareOfEntities, SideRule.Monolith, SideRule.ShareOfRequests)]
    [InlineData(CapabilityPhase.Canary, 100, ListSide.Monolith, SideRule.Grains, SideRule.Monolith, SideRule.Grains)]
    [InlineData(CapabilityPhase.Grains, 0, ListSide.Monolith, SideRule.Grains, SideRule.Monolith, SideRule.Grains)]
    [InlineData(CapabilityPhase.Grains, 0, ListSide.Grains, SideRule.Grains, SideRule.Grains, SideRule.Grains)]
    [InlineData(CapabilityPhase.Retired, 0, ListSide.Grains, SideRule.Grains, SideRule.Grains, SideRule.Grains)]
    public void Each_phase_has_its_side_for_entities_lists_and_creations(CapabilityPhase phase, int percent, ListSide lists, SideRule entity, SideRule list, SideRule create)
    {
        foreach (var method in new[] { "GET", "PUT", "DELETE" })
        {
            Assert.Equal(entity, SideOf(method, Entity, phase, percent, lists).Rule);
        }

        Assert.Equal(list, SideOf("GET", Books, phase, percent, lists).Rule);
        Assert.Equal(create, SideOf("POST", Books, phase, percent, lists).Rule);
    }

    [Theory]
    [InlineData(CapabilityPhase.Monolith, SideRule.Monolith)]
    [InlineData(CapabilityPhase.Shadow, SideRule.Monolith)]
    [InlineData(CapabilityPhase.Canary, SideRule.Grains)]
    [InlineData(CapabilityPhase.Grains, SideRule.Grains)]
    [InlineData(CapabilityPhase.Retired, SideRule.Grains)]
    public void A_delete_goes_to_the_service_as_soon_as_grains_may_own_what_it_cascades_into(CapabilityPhase loans, SideRule delete)
    {
        var route = Library.Catalog().Match("DELETE", Entity)!.Route;

        Assert.Equal(delete, route.SideOf("DELETE", StatusOf).Rule);
        Assert.Equal(SideRule.Monolith, route.SideOf("PUT", StatusOf).Rule);
        Assert.Equal(SideRule.Monolith, route.SideOf("GET", StatusOf).Rule);

        CapabilityStatus StatusOf(string name) => Status(name, name == "loans" ? loans : CapabilityPhase.Monolith, percent: 0, ListSide.Monolith);
    }

    [Theory]
    [InlineData(CapabilityPhase.Shadow, 0, SideRule.Monolith)]
    [InlineData(CapabilityPhase.Canary, 0, SideRule.Grains)]
    [InlineData(CapabilityPhase.Canary, 5, SideRule.Grains)]
    public void What_is_made_with_an_id_that_comes_with_the_request_goes_to_the_service_as_soon_as_grains_may_own_something(CapabilityPhase phase, int percent, SideRule create)
    {
        var route = Library.Catalog(("Capabilities:books:Entities:0:KeyType", "Text")).Match("POST", Books)!.Route;

        Assert.Equal(create, route.SideOf("POST", name => Status(name, phase, percent, ListSide.Monolith)).Rule);
    }

    [Fact]
    public void One_entity_goes_where_it_is_wanted()
    {
        var status = Status("books", CapabilityPhase.Canary, percent: 30, ListSide.Monolith);
        var side = Library.Catalog().Match("PUT", Entity)!.Route.SideOf("PUT", _ => status);

        var toGrains = 0;
        for (var id = 1; id <= 1000; id++)
        {
            var isGrains = side.IsGrainsFor("book", $"{id}");
            Assert.Equal(status.WantedOwner("book", $"{id}") == EntityOwner.Grains, isGrains);
            toGrains += isGrains ? 1 : 0;
        }

        Assert.InRange(toGrains, 200, 400);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(99)]
    public void Of_any_hundred_creations_in_a_row_the_service_gets_its_share(int percent)
    {
        var side = new RequestSide(SideRule.ShareOfRequests, percent);

        Assert.Equal(percent, Enumerable.Range(12_345, 100).Count(turn => side.IsGrainsFor((uint)turn)));
    }

    private static RequestSide SideOf(string method, string path, CapabilityPhase phase, int percent, ListSide lists) =>
        Library.Catalog().Match(method, path)!.Route.SideOf(method, name => Status(name, name == "books" ? phase : CapabilityPhase.Monolith, percent, lists));

    private static CapabilityStatus Status(string name, CapabilityPhase phase, int percent, ListSide lists) =>
        new(name, phase, Epoch: 1, ChangedAt: null, By: null, percent, lists);
}
