using System.Reflection;
using System.Runtime.Serialization;
using Orleans.Runtime;
using Orleans.Storage;
using Xunit;

namespace OrleansShop.Engine.Abstractions.Tests.Identity;

/// <summary>Serializers that know nothing of the engine ask types for their contents the old way of .NET.</summary>
public sealed class SerializationInfoTests
{
    public static TheoryData<object> Values =>
    [
        GrainId.Create("owner", "a/b"), GrainType.Create("owner"), IdSpan.Create("2A"),
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void An_id_is_the_same_after_a_round_trip(object value) => Assert.Equal(value, RoundTrip((ISerializable)value));

    [Fact]
    public void A_hash_is_computed_anew_and_not_believed()
    {
        var back = (IdSpan)RoundTrip(IdSpan.UnsafeCreate("2A"u8.ToArray(), 4711));
        Assert.Equal(IdSpan.Create("2A").GetHashCode(), back.GetHashCode());
    }

    [Fact]
    public void A_lost_race_keeps_its_etags()
    {
        var back = (InconsistentStateException)RoundTrip(new InconsistentStateException("lost", "stored", "current"));
        Assert.Equal(("lost", "stored", "current"), (back.Message, back.StoredEtag, back.CurrentEtag));
    }

    [Fact]
    public void A_wrapped_exception_keeps_the_name_of_what_it_stands_for()
    {
        var back = (WrappedException)RoundTrip(new WrappedException("message") { OriginalExceptionType = "Some.Type" });
        Assert.Equal(("message", "Some.Type"), (back.Message, back.OriginalExceptionType));
    }

#pragma warning disable SYSLIB0050, SYSLIB0051 // The old way is what is tested.
    private static object RoundTrip(ISerializable value)
    {
        var info = new SerializationInfo(value.GetType(), new FormatterConverter());
        value.GetObjectData(info, default);
        return Activator.CreateInstance(
            value.GetType(), BindingFlags.Instance | BindingFlags.NonPublic, binder: null, [info, default(StreamingContext)], culture: null)!;
    }
#pragma warning restore SYSLIB0050, SYSLIB0051
}
