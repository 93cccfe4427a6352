using System.Reflection;
using Orleans;
using Xunit;

namespace OrleansShop.Engine.Abstractions.Tests.Conformity;

/// <summary>Application code must compile on either engine: what we declare in the official namespaces, we declare exactly as the official package does.</summary>
public sealed class OfficialSignatureTests(ITestOutputHelper output)
{
    private static readonly IReadOnlyDictionary<string, SurfaceType> s_official = PublicSurface.Read(OfficialAssemblyPath());
    private static readonly IReadOnlyDictionary<string, SurfaceType> s_ours = PublicSurface.Read(typeof(IGrain).Assembly.Location);

    public static TheoryData<string> SharedTypes =>
        [.. s_ours.Keys.Where(name => name.StartsWith("Orleans.", StringComparison.Ordinal) && s_official.ContainsKey(name)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(SharedTypes))]
    public void A_type_has_the_official_shape(string name)
    {
        var (ours, official) = (s_ours[name], s_official[name]);
        Assert.Equal(official.Kind, ours.Kind);
        Assert.Equal(official.BaseType, ours.BaseType);
        Assert.Empty(ours.Interfaces.Except(official.Interfaces));
        Assert.Empty(ours.Members.Except(official.Members));
    }

    [Fact]
    public void Interfaces_that_applications_implement_have_every_official_member()
    {
        string[] implementedByApplications =
        [
            "Orleans.IGrainBase", "Orleans.IIncomingGrainCallFilter", "Orleans.IOutgoingGrainCallFilter", "Orleans.ILifecycleObserver",
            "Orleans.ILifecycleParticipant`1", "Orleans.Runtime.IGrainMigrationParticipant", "Orleans.Core.IStorage", "Orleans.Core.IStorage`1",
            "Orleans.IConfigurationValidator", "Orleans.Runtime.IGrainTimer", "Orleans.Timers.ITimerRegistry", "Orleans.IGrainFactory",
        ];
        Assert.All(implementedByApplications, name => Assert.Equal(s_official[name].Members, s_ours[name].Members));
    }

    [Fact]
    public void What_is_left_out_is_known()
    {
        var missingTypes = s_official.Keys.Where(IsForApplications).Where(name => !s_ours.ContainsKey(name)).Order(StringComparer.Ordinal).ToList();
        var missingMembers = s_official.Values
            .Where(type => s_ours.ContainsKey(type.Name))
            .SelectMany(type => type.Members.Except(s_ours[type.Name].Members).Select(member => $"{type.Name}: {member}"))
            .Order(StringComparer.Ordinal).ToList();
        output.WriteLine($"{missingTypes.Count} official types are left out:");
        missingTypes.ForEach(output.WriteLine);
        output.WriteLine($"{missingMembers.Count} official members of types that we have are left out:");
        missingMembers.ForEach(output.WriteLine);

        // Lower these when something is added; nothing may be taken away.
        Assert.InRange(missingTypes.Count, 0, MissingTypesAllowed);
        Assert.InRange(missingMembers.Count, 0, MissingMembersAllowed);
    }

    private const int MissingTypesAllowed = 72;
    private const int MissingMembersAllowed = 28;

    // The rest is what the official generator writes for its own use.
    private static bool IsForApplications(string name) => name.StartsWith("Orleans.", StringComparison.Ordinal);

    private static string OfficialAssemblyPath() =>
        typeof(OfficialSignatureTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "OfficialAbstractions").Value!;
}
