using Microsoft.Extensions.Configuration;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Keys;
using Xunit;

namespace OrleansShop.Strangler.Tests.Capabilities;

public sealed class CapabilityCatalogTests
{
    [Fact]
    public void A_valid_configuration_becomes_a_catalog()
    {
        var catalog = Library.Catalog();

        var books = catalog.Get("books");
        Assert.Equal("/api", catalog.BasePath);
        Assert.Equal(["books", "loans"], catalog.Capabilities.Select(capability => capability.Name));
        Assert.Equal(new Uri("http://127.0.0.1:7001"), books.Service);
        Assert.Equal(2, catalog.Get("loans").Services.Length);
        Assert.Equal(["loans"], books.Cascades);
        Assert.Equal(["loans"], books.Routes[2].Cascades);
        Assert.Empty(books.Routes[0].Cascades);
        Assert.Equal(new ChildTable("authors", "book_id"), Assert.Single(catalog.FindEntity("books", "book")!.ChildTables));
        Assert.Equal("/api/books/{bookId}", books.LegacyRoutes[1].Target);
        Assert.Equal(["copies", "loans"], books.LegacyRoutes[1].Collect);
        Assert.Null(catalog.FindEntity("loans", "book"));
    }

    [Fact]
    public void The_file_that_gateway_bridge_and_services_share_is_valid()
    {
        var configuration = new ConfigurationManager();
        configuration.AddCapabilityFile();

        var catalog = CapabilityCatalog.Read(configuration);

        Assert.Equal(["owners", "pets", "vets", "visits"], catalog.Capabilities.Select(capability => capability.Name));
        Assert.Equal(["pets", "visits"], catalog.Match("DELETE", "/petclinic/api/owners/7")!.Route.Cascades);
        Assert.Empty(catalog.Match("DELETE", "/petclinic/api/pettypes/7")!.Route.Cascades);
    }

    [Fact]
    public void Other_sources_override_single_values_of_the_file()
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Capabilities:vets:Service"] = "http://vets:80" });
        configuration.AddCapabilityFile();

        Assert.Equal(new Uri("http://vets:80"), CapabilityCatalog.Read(configuration).Get("vets").Service);
    }

    [Theory]
    [InlineData("GET", "/api/books", "/api/books", null)]
    [InlineData("GET", "/api/books/", "/api/books", null)]
    [InlineData("HEAD", "/api/books/17", "/api/books/{bookId}", "17")]
    [InlineData("put", "/API/Books/17", "/api/books/{bookId}", "17")]
    [InlineData("GET", "/api/books/newest", "/api/books/newest", null)]
    [InlineData("DELETE", "/api/books/newest", "/api/books/{bookId}", "newest")]
    [InlineData("POST", "/api/books/17/loans", "/api/books/{bookId}/loans", null)]
    public void A_request_finds_its_route(string method, string path, string template, string? entityId)
    {
        var match = Library.Catalog().Match(method, path);

        Assert.Equal((template, entityId), (match?.Route.Template, match?.EntityId));
    }

    [Theory]
    [InlineData("PATCH", "/api/books/17")]
    [InlineData("GET", "/books")]
    [InlineData("GET", "/api/books/17/pages")]
    [InlineData("GET", "/api//books")]
    [InlineData("GET", "api/books")]
    [InlineData("GET", "")]
    public void Another_request_finds_none(string method, string path) => Assert.Null(Library.Catalog().Match(method, path));

    [Fact]
    public void What_does_not_count_in_comparisons_is_read()
    {
        var books = Library.Catalog(("Capabilities:books:CompareRules:Ignored:0", "timestamp"), ("Capabilities:books:CompareRules:Unordered:0", "$"), ("Capabilities:books:CompareRules:Unordered:1", "copies.loans")).Get("books");

        Assert.Equal(["timestamp"], books.Compare.Ignored);
        Assert.Equal(["$", "copies.loans"], books.Compare.Unordered);
        Assert.Empty(Library.Catalog().Get("loans").Compare.Ignored);
    }

    [Theory]
    [InlineData("Capabilities:books:CompareRules:Ignored:0", "$")]
    [InlineData("Capabilities:books:CompareRules:Ignored:0", "a..b")]
    [InlineData("Capabilities:books:CompareRules:Unordered:0", "a[0]")]
    [InlineData("Capabilities:books:CompareRules:Unordered", "a")]
    [InlineData("Capabilities:books:Replication", "lag")]
    [InlineData("Capabilities:books:Replication", "1")]
    [InlineData("Capabilities:books:Replication", "")]
    [InlineData("Strangler:BasePath", "api")]
    [InlineData("Strangler:BasePath", "/api/{version}")]
    [InlineData("Capabilities:books:Service", "127.0.0.1:7001")]
    [InlineData("Capabilities:books:Service", "http://127.0.0.1:7001/path")]
    [InlineData("Capabilities:books:Service", "")]
    [InlineData("Capabilities:books:Routes:0:Template", "books")]
    [InlineData("Capabilities:books:Routes:2:Template", "/books/{bookId:int}")]
    [InlineData("Capabilities:books:Routes:2:Template", "/books/{a}/{a}")]
    [InlineData("Capabilities:books:Routes:0:Methods:0", "FETCH")]
    [InlineData("Capabilities:books:Routes:0:Methods:0", "get")]
    [InlineData("Capabilities:books:Routes:0:Kind", "0")]
    [InlineData("Capabilities:books:Routes:0:Kind", "Entities")]
    [InlineData("Capabilities:books:Routes:0:Entity", "loan")]
    [InlineData("Capabilities:books:Routes:2:EntityParameter", "id")]
    [InlineData("Capabilities:books:Routes:0:EntityParameter", "bookId")]
    [InlineData("Capabilities:books:LegacyRoutes:0:Target", "/loans/{bookId}")]
    [InlineData("Capabilities:books:LegacyRoutes:0:Template", "/book/{id}")]
    [InlineData("Capabilities:books:Entities:0:Table", "books; DROP TABLE books")]
    [InlineData("Capabilities:books:Entities:0:KeyColumn", "")]
    [InlineData("Capabilities:books:Entities:0:References:0", "shelf id")]
    [InlineData("Capabilities:books:Entities:0:Cascades:0", "films")]
    [InlineData("Capabilities:books:Entities:0:Cascades:0", "books")]
    [InlineData("Capabilities:loans:Entities:0:Kind", "book")]
    [InlineData("Capabilities:loans:Entities:0:Table", "AUTHORS")]
    [InlineData("Capabilities:loans:Routes:1:Template", "/books")]
    [InlineData("Capabilities:loans:Routes:0:Template", "/books/{id}")]
    [InlineData("Capabilities:loans:LegacyRoutes:0:Template", "/book/{anything}")]
    [InlineData("Capabilities:books:Sevice", "http://127.0.0.1:7001")]
    [InlineData("Capabilities:books:Entities:0:Cascade:0", "loans")]
    public void A_fault_names_its_key_its_value_and_what_it_should_be(string key, string value)
    {
        var faults = Assert.Throws<CapabilityConfigurationException>(() => Library.Catalog((key, value))).Faults;

        Assert.Contains(faults, fault => fault.Key == key || fault.Key.StartsWith(Parent(key), StringComparison.Ordinal));
        Assert.All(faults, fault => Assert.NotEmpty(fault.Wanted));

        static string Parent(string key) => key[..key.LastIndexOf(':')];
    }

    [Theory]
    [InlineData("Capabilities:books:Entities:0:KeyType", "Number", "one of Integer, Text, Uuid")]
    [InlineData("Capabilities:books:Entities:0:KeyType", "1", "one of Integer, Text, Uuid")]
    [InlineData("Capabilities:books:Entities:0:Table", "a table", "the name of a table or column: up to 63 letters, digits and underscores, not beginning with a digit")]
    [InlineData("Capabilities:books:Entities:0:Cascades:0", "films", "another capability: loans")]
    [InlineData("Capabilities:loans:Entities:0:Table", "AUTHORS", "a table of its own: Capabilities:books:Entities:0:ChildTables:0:Table has it already")]
    [InlineData("Capabilities:loans:Entities:0:Table", "books", "a table of its own: Capabilities:books:Entities:0:Table has it already")]
    [InlineData("Capabilities:books:CompareRules:Ignored:0", "a..b", "a path of property names with dots between them, such as pets.visits, of at most 200 characters")]
    [InlineData("Capabilities:books:Routes:0:Methods:0", "FETCH", "a list of GET, POST, PUT, PATCH, DELETE")]
    [InlineData("Capabilities:books:Routes:0:Entity", "loan", "one of the capability's entities: book")]
    [InlineData("Capabilities:books:Routes:2:EntityParameter", "id", "the parameter of /api/books/{bookId} that is the entity's id, because the route is of the kind Entity")]
    [InlineData("Capabilities:books:Routes:3:Template", "/books", "a path that Capabilities:books:Routes:0:Template (/api/books) does not answer for GET")]
    [InlineData("Capabilities:books:Sevice", "x", "absent: Capabilities:books knows Service, Routes, LegacyRoutes, Entities, CompareRules")]
    public void A_fault_says_what_would_be_right(string key, string value, string wanted)
    {
        var faults = Assert.Throws<CapabilityConfigurationException>(() => Library.Catalog((key, value))).Faults;

        Assert.Contains(faults, fault => (fault.Key == key || key == $"{fault.Key}:0") && fault.Wanted.StartsWith(wanted, StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_ids_of_a_kind_are_is_read_and_known_to_its_routes()
    {
        var catalog = Library.Catalog(("Capabilities:books:Entities:0:KeyType", "Text"));

        Assert.Equal(KeyType.Text, catalog.FindEntity("books", "book")!.KeyType);
        Assert.All(catalog.Get("books").Routes, static route => Assert.Equal(KeyType.Text, route.KeyType));
        Assert.Equal(KeyType.Integer, catalog.FindEntity("loans", "loan")!.KeyType);
    }

    [Fact]
    public void Every_fault_is_reported_at_once_with_the_environment_variable_that_mends_it()
    {
        var failure = Assert.Throws<CapabilityConfigurationException>(() => Library.Catalog(
            ("Capabilities:books:Service", "nowhere"), ("Capabilities:loans:Routes:0:Kind", "One"), ("Capabilities:books:Entities:0:Cascades:0", "films")));

        Assert.Equal(
            ["Capabilities:books:Entities:0:Cascades:0", "Capabilities:books:Service", "Capabilities:loans:Routes:0:EntityParameter", "Capabilities:loans:Routes:0:Kind"],
            failure.Faults.Select(fault => fault.Key).Order());
        Assert.Contains("(environment: Capabilities__books__Service) is 'nowhere'; it must be http or https", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_without_capabilities_is_a_fault()
    {
        var failure = Assert.Throws<CapabilityConfigurationException>(() => CapabilityCatalog.Read(new ConfigurationBuilder().Build()));

        Assert.Equal("Capabilities", Assert.Single(failure.Faults).Key);
    }

    [Fact]
    public void Overlapping_routes_of_two_capabilities_are_named_both()
    {
        var failure = Assert.Throws<CapabilityConfigurationException>(() => Library.Catalog(
            ("Capabilities:loans:Routes:0:Template", "/books/{isbn}"), ("Capabilities:loans:Routes:0:EntityParameter", "isbn")));

        var fault = Assert.Single(failure.Faults);
        Assert.Equal("Capabilities:loans:Routes:0:Template", fault.Key);
        Assert.Contains("Capabilities:books:Routes:2:Template (/api/books/{bookId}) does not answer for GET, DELETE", fault.Wanted, StringComparison.Ordinal);
    }

    [Fact]
    public void A_literal_beside_a_parameter_is_no_overlap_but_crossed_literals_are()
    {
        Library.Catalog(("Capabilities:loans:Routes:0:Template", "/books/due"), ("Capabilities:loans:Routes:0:Kind", "List"), ("Capabilities:loans:Routes:0:EntityParameter", null));

        var crossed = Assert.Throws<CapabilityConfigurationException>(() => Library.Catalog(
            ("Capabilities:loans:Routes:0:Template", "/{any}/{loanId}"), ("Capabilities:books:Routes:3:Template", "/books/{which}")));
        Assert.Contains(crossed.Faults, fault => fault.Key == "Capabilities:books:Routes:3:Template");
    }

    [Fact]
    public void An_unknown_capability_is_answered_with_those_that_exist()
    {
        Assert.Contains("books, loans", Assert.Throws<KeyNotFoundException>(() => Library.Catalog().Get("films")).Message, StringComparison.Ordinal);
    }
}
