using System.Xml.Linq;
using Xunit;

namespace OrleansShop.Conventions.Tests;

/// <summary>The arrows between projects, as <c>docs/architecture.md</c> draws them.</summary>
public sealed class ProjectReferenceTests
{
    private const string Abstractions = "OrleansShop.Engine.Abstractions";
    private const string Generator = "OrleansShop.Engine.Generator";
    private const string Engine = "OrleansShop.Engine";
    private const string Strangler = "OrleansShop.Strangler";
    private const string Defaults = "OrleansShop.ServiceDefaults";
    private const string Contracts = "OrleansShop.Clinic.Contracts";
    private const string Http = "OrleansShop.Clinic.Http";
    private const string Hosting = "OrleansShop.Clinic.Hosting";

    private static readonly string[] Service = [Contracts, Http, Hosting, Strangler, Defaults, Abstractions, Generator, Engine];

    /// <summary>What each product project may reference. A project that is missing here is a failure: its place must be decided.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["System.IO.Hashing"] = [],
        [Abstractions] = ["System.IO.Hashing", Generator],
        [Generator] = [],
        [Engine] = [Abstractions, Generator],
        ["OrleansShop.Storage.Sqlite"] = [Abstractions, Generator, Engine],
        ["OrleansShop.Storage.DynamoDB"] = ["OrleansShop.Storage.Aws"],
        ["OrleansShop.Storage.Aws"] = [],
        ["OrleansShop.Engine.TestingHost"] = [Generator, Engine],
        ["OrleansShop.Engine.DynamoDB"] = [Engine, "OrleansShop.Storage.DynamoDB"],
        ["OrleansShop.Engine.Sqs"] = [Generator, Engine, "OrleansShop.Storage.Aws"],
        [Strangler] = [Abstractions, Generator],
        ["OrleansShop.Strangler.Sql"] = [Strangler],
        ["OrleansShop.Strangler.Bridge"] = ["OrleansShop.Strangler.Sql", Defaults],
        ["OrleansShop.Gateway"] = [Strangler, Defaults, "System.IO.Hashing"],
        ["OrleansShop.Clinic.Monolith"] = [],
        [Http] = [],
        [Hosting] = [Contracts, Http, Strangler, Defaults, Abstractions, Generator, Engine],
        [Contracts] = [Abstractions, Generator],
        ["OrleansShop.Clinic.Owners"] = Service,
        ["OrleansShop.Clinic.Pets"] = Service,
        ["OrleansShop.Clinic.Vets"] = Service,
        ["OrleansShop.Clinic.Visits"] = Service,
        [Defaults] = [Abstractions, Generator, Engine, "OrleansShop.Storage.Sqlite", "OrleansShop.Storage.DynamoDB", Strangler],
        ["OrleansShop.AppHost"] =
        [
            Abstractions, Generator, Engine, "OrleansShop.Clinic.Monolith", "OrleansShop.Strangler.Bridge", "OrleansShop.Gateway",
            "OrleansShop.Clinic.Owners", "OrleansShop.Clinic.Pets", "OrleansShop.Clinic.Vets", "OrleansShop.Clinic.Visits", Defaults,
        ],
        ["OrleansShop.Cli"] = [],
    };

    public static TheoryData<string> ProductProjects() => [.. Repository.Files("*.csproj", "src")];

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void A_project_references_only_what_its_place_allows(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Assert.True(Allowed.TryGetValue(name, out var allowed), $"{name} has no place among the arrows yet; decide it here and in docs/architecture.md.");

        Expect.None(References(project).Except(allowed!), "References that the project's place does not allow:");
    }

    [Fact]
    public void Every_listed_project_exists()
    {
        Expect.None(Allowed.Keys.Except(Repository.Files("*.csproj", "src").Select(path => Path.GetFileNameWithoutExtension(path)!)), "Listed, but no such project:");
    }

    [Fact]
    public void The_monolith_depends_on_aspnetcore_dapper_and_the_two_database_drivers_only()
    {
        string[] allowed =
        [
            "Dapper", "Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.bundle_e_sqlite3", "Npgsql", "Microsoft.AspNetCore.OpenApi",
        ];
        var monolith = XDocument.Parse(Repository.Read("src/Clinic/OrleansShop.Clinic.Monolith/OrleansShop.Clinic.Monolith.csproj"));

        Expect.None(Includes(monolith, "PackageReference").Except(allowed), "Packages that the monolith may not have:");
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("OrleansShop.sln").Replace('\\', '/');

        Expect.None(Repository.Files("*.csproj").Where(project => !solution.Contains(project, StringComparison.Ordinal)), "Projects missing from OrleansShop.sln:");
    }

    [Fact]
    public void Versions_of_packages_stand_in_one_place()
    {
        var versioned = Repository.Files("*.csproj")
            .SelectMany(project => XDocument.Parse(Repository.Read(project)).Descendants("PackageReference")
                .Where(reference => reference.Attribute("Version") is not null)
                .Select(reference => $"{project}: {reference.Attribute("Include")?.Value}"));

        Expect.None(versioned, "Package versions outside Directory.Packages.props:");
    }

    private static IEnumerable<string> References(string project)
    {
        var document = XDocument.Parse(Repository.Read(project));
        var written = Includes(document, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

        // ActorRole adds references in Directory.Build.targets.
        return document.Descendants("ActorRole").FirstOrDefault()?.Value switch
        {
            "Grains" => written.Concat([Abstractions, Generator]),
            "Silo" => written.Concat([Abstractions, Generator, Engine]),
            _ => written,
        };
    }

    private static IEnumerable<string> Includes(XDocument project, string item) =>
        project.Descendants(item).Select(reference => reference.Attribute("Include")?.Value).OfType<string>();
}
