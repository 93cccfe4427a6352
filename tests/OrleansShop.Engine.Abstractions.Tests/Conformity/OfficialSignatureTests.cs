using Xunit;

namespace OrleansShop.Engine.Abstractions.Tests.Conformity;

/// <summary>Application code must compile on either engine: what we declare in the official namespaces, we declare exactly as the official packages do.</summary>
public sealed class OfficialSignatureTests
{
    public static TheoryData<string> SharedTypes => [.. Surfaces.Ours.Keys.Where(Surfaces.Official.ContainsKey).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(SharedTypes))]
    public void A_type_has_the_official_shape(string name)
    {
        var (ours, official) = (Surfaces.Ours[name], Surfaces.Official[name]);
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
        Assert.All(implementedByApplications, name => Assert.Equal(Surfaces.Official[name].Members, Surfaces.Ours[name].Members));
    }
}
