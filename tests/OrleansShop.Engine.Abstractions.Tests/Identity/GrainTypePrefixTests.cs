using Orleans;
using Orleans.Runtime;
using Xunit;

namespace OrleansShop.Engine.Abstractions.Tests.Identity;

public sealed class GrainTypePrefixTests
{
    [Theory]
    [InlineData("owner", false, false, false)]
    [InlineData("sys.client", true, false, false)]
    [InlineData("sys.svc.dir.partition", false, true, false)]
    [InlineData("sys.svc.user.a1b2", false, true, true)]
    public void A_type_is_told_by_how_it_begins(string name, bool isClient, bool isSystemTarget, bool isGrainService)
    {
        var type = GrainType.Create(name);
        var id = GrainId.Create(type, "1");
        Assert.Equal((isClient, isSystemTarget, isGrainService), (type.IsClient(), type.IsSystemTarget(), type.IsGrainService()));
        Assert.Equal((isClient, isSystemTarget), (id.IsClient(), id.IsSystemTarget()));
    }

    [Fact]
    public void A_stable_hash_is_that_of_ids()
    {
        Assert.Equal(IdSpan.Create("owner").GetUniformHashCode(), StableHash.ComputeHash("owner"));
        Assert.Equal(StableHash.ComputeHash("owner"), StableHash.ComputeHash("owner"u8));
    }
}
