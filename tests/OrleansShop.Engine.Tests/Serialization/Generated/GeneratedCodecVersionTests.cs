using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization.Generated;

/// <summary>Old and new versions of a type read each other: ids decide, not names or order.</summary>
public sealed class GeneratedCodecVersionTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void A_newer_type_reads_what_an_older_one_wrote()
    {
        var shared = new Node();
        var after = ReadAs<FirstVersion, SecondVersion>(new FirstVersion { Kept = 1, Removed = shared, Moved = shared, Narrow = -3 });

        Assert.Equal((1, -3L, 8), (after.Kept, after.Wide, after.OfBase));

        // The object was written in the member that is gone, and referred to in the one that is kept.
        Assert.NotNull(after.Renamed);
        Assert.NotNull(after.Added);
    }

    [Fact]
    public void An_older_type_reads_what_a_newer_one_wrote()
    {
        var after = ReadAs<SecondVersion, FirstVersion>(new SecondVersion { Kept = 1, Wide = 9, Renamed = new Node(), Added = new Node(), OfBase = 4 });

        Assert.Equal((1, 9), (after.Kept, after.Narrow));
        Assert.NotNull(after.Moved);
        Assert.Null(after.Removed);
    }

    [Fact]
    public void A_record_gains_parameters_at_the_end_and_members()
    {
        Assert.Equal(new SecondRecord(1, null), ReadAs<FirstRecord, SecondRecord>(new FirstRecord(1)));
        Assert.Equal(new FirstRecord(1), ReadAs<SecondRecord, FirstRecord>(new SecondRecord(1, "a") { More = 2 }));
    }

    private TAfter ReadAs<TBefore, TAfter>(TBefore value)
    {
        var serializer = _services.GetRequiredService<Serializer>();
        return serializer.Deserialize<TAfter>(serializer.SerializeToArray(value))!;
    }
}
