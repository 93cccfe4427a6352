using Orleans.Runtime;
using Xunit;

namespace OrleansShop.Engine.Abstractions.Tests.Identity;

public sealed class ActivationIdTests
{
    [Fact]
    public void Its_text_reads_back()
    {
        var id = new ActivationId(Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"));
        Assert.Equal("@0f8fad5bd9cb469fa16570867728950e", id.ToParsableString());
        Assert.Equal(id, ActivationId.FromParsableString(id.ToParsableString()));
        Assert.Throws<FormatException>(() => ActivationId.FromParsableString("0f8fad5bd9cb469fa16570867728950e"));
    }

    [Fact]
    public void New_ones_differ() => Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => ActivationId.NewId()).Distinct().Count());

    [Fact]
    public void The_deterministic_one_belongs_to_its_grain()
    {
        var grain = GrainId.Create("owner", "1");
        Assert.Equal(ActivationId.GetDeterministic(grain), ActivationId.GetDeterministic(GrainId.Create("owner", "1")));
        Assert.NotEqual(ActivationId.GetDeterministic(grain), ActivationId.GetDeterministic(GrainId.Create("owner", "2")));
    }
}
