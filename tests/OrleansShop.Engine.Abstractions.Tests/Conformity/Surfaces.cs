using System.Reflection;
using Orleans;
using Orleans.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;
using OrleansShop.Storage.Sqlite.GrainState;

namespace OrleansShop.Engine.Abstractions.Tests.Conformity;

/// <summary>What is compared: the types of all our engine's assemblies with those of the official assemblies. Which assembly declares a type does not matter.</summary>
internal static class Surfaces
{
    /// <summary>The assemblies that an application or its tests refer to.</summary>
    public static readonly IReadOnlyList<Assembly> OurAssemblies =
        [typeof(IGrain).Assembly, typeof(CoreHostingExtensions).Assembly, typeof(DynamoDBGrainStorageFactory).Assembly, typeof(SqliteGrainStorageExtensions).Assembly, typeof(SiloSqsStreamConfigurator).Assembly, typeof(TestCluster).Assembly];

    /// <summary>Our types in the official namespaces.</summary>
    public static readonly IReadOnlyDictionary<string, SurfaceType> Ours = Read(OurAssemblies.Select(assembly => assembly.Location));

    /// <summary>The official types of the packages whose metadata can be had.</summary>
    public static readonly IReadOnlyDictionary<string, SurfaceType> Official = Read([Metadata("OfficialAbstractions"), Metadata("OfficialTestingHost")]);

    /// <summary>Whether a type is in a namespace that belongs to Orleans; the rest of an official assembly is what its generator writes for its own use.</summary>
    public static bool IsOrleans(string typeName) => typeName.StartsWith("Orleans.", StringComparison.Ordinal);

    /// <summary>The namespace of a type; a type in a type has that of the outer one.</summary>
    public static string NamespaceOf(string typeName)
    {
        var outer = typeName.Split('<')[0];
        do
            outer = outer[..outer.LastIndexOf('.')];
        while (Official.ContainsKey(outer) || Ours.ContainsKey(outer));
        return outer;
    }

    /// <summary>The path of a file of this repository.</summary>
    public static string Path(string relative) => System.IO.Path.Combine(Metadata("RepositoryRoot"), relative);

    // Several assemblies have extensions in classes of one name, as the official ones do: what is compared is what all of them offer together.
    private static Dictionary<string, SurfaceType> Read(IEnumerable<string> assemblyPaths) =>
        assemblyPaths.SelectMany(PublicSurface.Read).Where(type => IsOrleans(type.Key)).GroupBy(type => type.Key, type => type.Value)
            .ToDictionary(group => group.Key, group => group.Aggregate((one, other) => one with { Members = one.Members.Union(other.Members) }));

    private static string Metadata(string key) =>
        typeof(Surfaces).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
