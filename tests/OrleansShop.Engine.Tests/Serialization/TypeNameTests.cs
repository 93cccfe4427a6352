using System.Text;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Serialization.Naming;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization;

public sealed class TypeNameTests
{
    public static TheoryData<Type, string> Names => new()
    {
        { typeof(int), "int" },
        { typeof(int[,][]), "int[][,]" },
        { typeof(List<string>), "List`1[string]" },
        { typeof(Dictionary<string, List<Guid?>[]>), "Dictionary`2[string,List`1[Nullable`1[Guid]][]]" },
        { typeof(Node), "OrleansShop.Engine.Tests.Serialization.Node" },
        { typeof(Pair<Node, GuideDog>), "OrleansShop.Engine.Tests.Serialization.Pair`2[OrleansShop.Engine.Tests.Serialization.Node,guide-dog]" },
        { typeof(Awkward), @"a\,b\[c\\" },
        { typeof(List<Awkward>), @"List`1[a\,b\[c\\]" },
    };

    [Theory]
    [MemberData(nameof(Names), DisableDiscoveryEnumeration = true)]
    public void A_type_has_one_name_and_is_found_by_it(Type type, string name)
    {
        var names = Known();

        Assert.Equal(name, names.TextOf(type));
        Assert.Equal(type, names.Find(Encoding.UTF8.GetBytes(name)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("System.IO.FileInfo")]
    [InlineData("List`1")]
    [InlineData("List`1[")]
    [InlineData("List`1[]")]
    [InlineData("List`1[int")]
    [InlineData("List`1[int]x")]
    [InlineData("List`1[int,int]")]
    [InlineData("List`1[System.IO.FileInfo]")]
    [InlineData("Nullable`1[string]")]
    [InlineData("int[,,,,,,,,,,,,]")]
    [InlineData("int]")]
    [InlineData("\\")]
    public void What_is_not_a_name_of_a_known_type_finds_nothing(string name) => Assert.Null(Known().Find(Encoding.UTF8.GetBytes(name)));

    [Fact]
    public void Nesting_without_end_finds_nothing()
    {
        var names = Known();

        Assert.Null(names.Find(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("List`1[", 200)))));
        Assert.Null(names.Find(Encoding.UTF8.GetBytes("int" + string.Concat(Enumerable.Repeat("[]", 200)))));
    }

    [Fact]
    public void Two_types_under_one_name_are_refused_and_both_are_named()
    {
        var manifest = new TypeManifestBuilder();
        manifest.Aliases.Add(typeof(Node), "twice");
        manifest.Aliases.Add(typeof(Visit), "twice");

        var fault = Assert.Throws<InvalidOperationException>(() => new TypeNames(manifest, []));
        Assert.Contains(typeof(Node).FullName!, fault.Message);
        Assert.Contains(typeof(Visit).FullName!, fault.Message);
    }

    [Fact]
    public void The_numbers_of_built_in_types_are_part_of_the_format()
    {
        // Changing a line here makes stored payloads unreadable: add types at the end of the list only.
        Assert.Equal(typeof(string), TypeNames.Find(2));
        Assert.Equal(typeof(int), TypeNames.Find(8));
        Assert.Equal(typeof(Guid), TypeNames.Find(16));
        Assert.Equal(typeof(GrainId), TypeNames.Find(36));
        Assert.Equal(typeof(DateTimeKind), TypeNames.Find(101));
        Assert.Equal(127, BuiltInTypes.All.Count);
        Assert.Null(TypeNames.Find(0));
        Assert.Null(TypeNames.Find(46));
        Assert.Null(TypeNames.Find(uint.MaxValue));
    }

    private static TypeNames Known() => new(new TypeManifests().Collect(), []);
}

[GenerateSerializer, Alias(@"a,b[c\")]
public sealed class Awkward;
