using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Newtonsoft.Json;
using Orleans.Serialization;
using Orleans.Storage;
using Xunit;

namespace OrleansShop.Engine.Tests.Storage.Serializers.Json;

public sealed class OrleansJsonSerializerTests
{
    [Fact]
    public async Task A_state_is_written_in_the_official_form()
    {
        await using var silo = await TestSilo.StartAsync();
        var state = new Basket
        {
            Owner = "Ann",
            Opened = new DateTime(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc),
            Lines = { new Line { Product = "tea", Count = 2 } },
            Place = new IPEndPoint(IPAddress.Loopback, 80),
            Silo = SiloAddress.FromParsableString("127.0.0.1:11111@7"),
            Id = GrainId.Create("basket", "A1"),
        };

        // What the public documentation of the official serializer's settings says: types with simple assembly names, ids, ISO dates. Defaults and nulls are written, which the official engine passes over when it reads.
        var types = typeof(Basket).Namespace;
        Assert.Equal(
            $$$"""{"$id":"1","$type":"{{{types}}}.Basket, OrleansShop.Engine.Tests","Owner":"Ann","Opened":"2030-01-02T03:04:05Z","Lines":{"$type":"System.Collections.Generic.List`1[[{{{types}}}.Line, OrleansShop.Engine.Tests]], System.Private.CoreLib","$values":[{"$id":"2","$type":"{{{types}}}.Line, OrleansShop.Engine.Tests","Product":"tea","Count":2}]},"Any":null,"Note":null,"Address":null,"Place":{"Address":"127.0.0.1","Port":80},"Silo":{"SiloAddress":"127.0.0.1:11111@7"},"Id":{"Type":"basket","Key":"A1"}}""",
            Serializer(silo).Serialize(state, typeof(Basket)));
    }

    [Fact]
    public async Task A_state_comes_back_with_identities_derived_types_and_references()
    {
        await using var silo = await TestSilo.StartAsync();
        var line = new SpecialLine { Product = "tea", Note = "strong" };
        var note = silo.Get<INoteGrain>(5);
        var state = new Basket { Owner = "Ann", Lines = { line, line }, Any = new Dictionary<string, object> { ["n"] = 1L, ["line"] = line }, Note = note, Address = IPAddress.IPv6Loopback };

        var read = RoundTrip(silo, state)!;

        Assert.Equal("strong", Assert.IsType<SpecialLine>(read.Lines[0]).Note);
        Assert.Same(read.Lines[0], read.Lines[1]);
        var any = Assert.IsType<Dictionary<string, object>>(read.Any);
        Assert.Equal(1L, any["n"]);
        Assert.Same(read.Lines[0], any["line"]);
        Assert.Equal(note, read.Note);
        Assert.Equal(IPAddress.IPv6Loopback, read.Address);
    }

    [Fact]
    public async Task A_reference_is_written_as_id_and_interface_and_read_in_that_form()
    {
        await using var silo = await TestSilo.StartAsync();
        var text = Serializer(silo).Serialize(new Basket { Note = silo.Get<INoteGrain>(0xCD) }, typeof(Basket));
        Assert.Contains($$$"""{"Id":{"Type":"note","Key":"CD"},"Interface":"{{{typeof(INoteGrain).FullName}}}"}""", text, StringComparison.Ordinal);

        var read = (Basket)Serializer(silo).Deserialize(typeof(Basket), """{"Note":{"Id":{"Type":"note","Key":"CD"},"Interface":""}}""")!;
        Assert.Equal(0xCD, read.Note!.GetPrimaryKeyLong());
    }

    [Fact]
    public async Task Plain_json_without_types_is_read_too()
    {
        await using var silo = await TestSilo.StartAsync();
        var read = (Basket)Serializer(silo).Deserialize(typeof(Basket), """{"Owner":"Ann","Lines":[{"Product":"tea"}],"Id":"basket/A1","Unknown":1}""")!;
        Assert.Equal(("Ann", "tea", GrainId.Create("basket", "A1")), (read.Owner, read.Lines[0].Product, read.Id));
    }

    [Fact]
    public async Task A_state_without_an_attribute_is_stored_with_what_it_is_made_of()
    {
        await using var silo = await TestSilo.StartAsync();
        var read = RoundTrip(silo, new Unmarked { Parts = { ["a"] = [new UnmarkedPart { Name = "part" }] } })!;
        Assert.Equal("part", read.Parts["a"][0].Name);
    }

    [Fact]
    public async Task A_member_comes_back_at_the_default_of_its_type_although_its_initializer_sets_something_else()
    {
        await using var silo = await TestSilo.StartAsync();
        var changed = new Cat
        {
            Lives = 0,
            IsAlive = false,
            Name = null,
            Weight = null,
            Born = default,
            Kind = default,
            Toys = null,
            Owner = default,
            Nap = default,
            Friends = default,
        };
        var read = RoundTrip(silo, changed)!;
        Assert.Equal((0, false, null, null), (read.Lives, read.IsAlive, read.Name, read.Weight));
        Assert.Equal((default, default, null), (read.Born, read.Kind, read.Toys));
        Assert.Equal((default, default), (read.Owner, read.Nap));
        Assert.True(read.Friends.IsDefault);
    }

    [Fact]
    public async Task What_the_official_engine_left_out_is_as_the_initializer_sets_it()
    {
        await using var silo = await TestSilo.StartAsync();
        var read = (Cat)Serializer(silo).Deserialize(typeof(Cat), "{}")!;
        Assert.Equal((9, true, "Tom", 4.5, DayOfWeek.Friday), (read.Lives, read.IsAlive, read.Name, read.Weight, read.Kind));
        Assert.Equal(["mouse"], read.Toys);
    }

    [Fact]
    public async Task A_member_that_is_no_longer_nullable_keeps_its_initializer_for_a_null()
    {
        await using var silo = await TestSilo.StartAsync();
        Assert.Equal(9, ((Cat)Serializer(silo).Deserialize(typeof(Cat), """{"Lives":null}""")!).Lives);
    }

    [Theory]
    [InlineData("System.IO.FileInfo, System.Private.CoreLib")]
    [InlineData("System.Diagnostics.Process, System.Diagnostics.Process")]
    [InlineData("System.Windows.Data.ObjectDataProvider, PresentationFramework")]
    [InlineData("System.Configuration.Install.AssemblyInstaller, System.Configuration.Install")]
    [InlineData("System.Collections.Generic.List`1[[System.IO.FileInfo, System.Private.CoreLib]], System.Private.CoreLib")]
    [InlineData("System.IO.FileInfo[], System.Private.CoreLib")]
    [InlineData("System.Type, System.Private.CoreLib")]
    [InlineData("System.Exception, System.Private.CoreLib")]
    [InlineData("System.Collections.Hashtable, System.Private.CoreLib")]
    [InlineData("OrleansShop.Engine.Tests.Storage.Serializers.Json.OrleansJsonSerializerTests, OrleansShop.Engine.Tests")]
    [InlineData("OrleansShop.Engine.Tests.Storage.Serializers.Json.UnmarkedPart, OrleansShop.Engine.Tests")]
    [InlineData("No.Such.Type, Evil")]
    [InlineData("System.Collections.Generic.List`1, System.Private.CoreLib")]
    [InlineData("System.Collections.Generic.Dictionary`2[[System.String, System.Private.CoreLib]], System.Private.CoreLib")]
    [InlineData("System.Int32*, System.Private.CoreLib")]
    [InlineData("[[[[[[[, ]]]")]
    public async Task A_type_that_the_state_has_no_use_for_is_refused(string type)
    {
        await using var silo = await TestSilo.StartAsync();
        var failure = Assert.ThrowsAny<JsonException>(() => Serializer(silo).Deserialize(typeof(Basket), $$$"""{"Any":{"$type":"{{{type}}}","FileName":"/bin/sh"}}"""));
        Assert.Contains("Any", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_names_load_no_assembly()
    {
        var before = AppDomain.CurrentDomain.GetAssemblies().Length;
        var serializer = new OrleansJsonSerializer(Options.Create(new OrleansJsonSerializerOptions()));
        Assert.ThrowsAny<JsonException>(() => serializer.Deserialize(typeof(Basket), """{"Any":{"$type":"System.Xml.XmlDocument, System.Private.Xml.Linq"}}"""));
        Assert.DoesNotContain(AppDomain.CurrentDomain.GetAssemblies().Skip(before), static assembly => assembly.GetName().Name == "System.Private.Xml.Linq");
    }

    [Theory]
    [InlineData("""{"Id":5}""")]
    [InlineData("""{"Id":{"Type":"basket"}}""")]
    [InlineData("""{"Silo":"nowhere"}""")]
    [InlineData("""{"Place":{"Address":"127.0.0.1","Port":99999999999}}""")]
    [InlineData("""{"Address":"nowhere"}""")]
    [InlineData("""{"Note":{"Id":{"Type":"note","Key":"CD"},"Interface":"No.Such.Interface"}}""")]
    [InlineData("""{"Note":5}""")]
    [InlineData("""{"Lines":{"$values":{}}}""")]
    [InlineData("{")]
    public async Task What_is_no_state_is_refused_with_an_exception_of_the_serializer(string text)
    {
        await using var silo = await TestSilo.StartAsync();
        Assert.ThrowsAny<JsonException>(() => Serializer(silo).Deserialize(typeof(Basket), text));
    }

    [Fact]
    public async Task Json_nested_too_deep_is_refused()
    {
        await using var silo = await TestSilo.StartAsync();
        var deep = string.Concat(Enumerable.Repeat("""{"Any":""", 100_000));
        Assert.ThrowsAny<JsonException>(() => Serializer(silo).Deserialize(typeof(Basket), deep));
    }

    [Fact]
    public async Task An_application_can_change_the_settings()
    {
        await using var silo = await TestSilo.StartAsync(static silo => silo.Services.Configure<OrleansJsonSerializerOptions>(
            static options => OrleansJsonSerializerSettings.UpdateSerializerSettings(options.JsonSerializerSettings, useFullAssemblyNames: false, indentJson: true, TypeNameHandling.None)));
        Assert.DoesNotContain("$type", Serializer(silo).Serialize(new Basket { Owner = "Ann" }, typeof(Basket)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Streams_hold_the_same_text()
    {
        await using var silo = await TestSilo.StartAsync();
        var storage = new JsonGrainStorageSerializer(Serializer(silo));
        var state = new Basket { Owner = "Änn" };
        using var stream = new MemoryStream();
        await storage.SerializeAsync(state, stream, TestContext.Current.CancellationToken);
        Assert.Equal(storage.Serialize(state).ToArray(), stream.ToArray());
        stream.Position = 0;
        Assert.Equal("Änn", (await storage.DeserializeAsync<Basket>(stream, TestContext.Current.CancellationToken))!.Owner);
        stream.Position = 0;
        Assert.Equal("Änn", ((Basket)Serializer(silo).Deserialize(typeof(Basket), stream)!).Owner);
    }

    private static OrleansJsonSerializer Serializer(TestSilo silo) => silo.Services.GetRequiredService<OrleansJsonSerializer>();

    private static T? RoundTrip<T>(TestSilo silo, T state) => (T?)Serializer(silo).Deserialize(typeof(T), Serializer(silo).Serialize(state, typeof(T)));
}

[GenerateSerializer]
public sealed class Basket
{
    [Id(0)] public string? Owner { get; set; }

    [Id(1)] public DateTime Opened { get; set; }

    [Id(2)] public List<Line> Lines { get; set; } = [];

    [Id(3)] public object? Any { get; set; }

    [Id(4)] public INoteGrain? Note { get; set; }

    [Id(5)] public IPAddress? Address { get; set; }

    [Id(6)] public IPEndPoint? Place { get; set; }

    [Id(7)] public SiloAddress? Silo { get; set; }

    [Id(8)] public GrainId Id { get; set; }
}

[GenerateSerializer]
public sealed class Cat
{
    [Id(0)] public int Lives { get; set; } = 9;

    [Id(1)] public bool IsAlive { get; set; } = true;

    [Id(2)] public string? Name { get; set; } = "Tom";

    [Id(3)] public double? Weight { get; set; } = 4.5;

    [Id(4)] public DateTime Born { get; set; } = new(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    [Id(5)] public DayOfWeek Kind { get; set; } = DayOfWeek.Friday;

    [Id(6)] public List<string>? Toys { get; set; } = ["mouse"];

    [Id(7)] public GrainId Owner { get; set; } = GrainId.Create("owner", "1");

    [Id(8)] public ActivationId Nap { get; set; } = ActivationId.NewId();

    [Id(9)] public ImmutableArray<int> Friends { get; set; }
}

[GenerateSerializer]
public class Line
{
    [Id(0)] public string? Product { get; set; }

    [Id(1)] public int Count { get; set; }
}

[GenerateSerializer]
public sealed class SpecialLine : Line
{
    [Id(0)] public string? Note { get; set; }
}

/// <summary>A state of an application that stores JSON and knows no serializer attributes.</summary>
public sealed class Unmarked
{
    public Dictionary<string, List<UnmarkedPart>> Parts { get; set; } = [];
}

public sealed class UnmarkedPart
{
    public string? Name { get; set; }
}
