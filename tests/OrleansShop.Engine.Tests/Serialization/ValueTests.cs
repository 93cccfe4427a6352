using System.Collections.Specialized;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization;

public sealed class ValueTests
{
    public static TheoryData<object> Values =>
    [
        true, false, (byte)200, (sbyte)-100, short.MinValue, ushort.MaxValue, int.MinValue, int.MaxValue, 0, -1, 63, 64, uint.MaxValue,
        long.MinValue, long.MaxValue, ulong.MaxValue, 1.5f, float.NaN, double.Epsilon, double.NegativeInfinity, 79228162514264337593543950335m,
        -1.10m, '\u00DF', "", "plain", "Zoë 🐈", new string('x', 42), new string('x', 43), new string('é', 5000), string.Concat(Enumerable.Repeat("🐕", 30000)),
        new Guid("00112233-4455-6677-8899-aabbccddeeff"), DateTime.MinValue, DateTime.MaxValue,
        new DateTime(2026, 11, 21, 10, 0, 0, DateTimeKind.Utc), new DateTime(2026, 11, 21, 10, 0, 0, DateTimeKind.Unspecified),
        new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.FromMinutes(-570)), DateTimeOffset.MinValue, DateTimeOffset.MaxValue,
        TimeSpan.MinValue, TimeSpan.FromTicks(1), DateOnly.MaxValue, new DateOnly(2026, 11, 21), TimeOnly.MaxValue, DayOfWeek.Friday,
        Int128.MinValue, UInt128.MaxValue, (Half)1.25, new Rune(0x1F408), BigInteger.Pow(3, 500) * -1, new Uri("https://example.org/a?b#c"),
        new Uri("relative/path", UriKind.Relative), new Version(1, 2, 3), CultureInfo.InvariantCulture, IPAddress.Loopback,
        IPAddress.Parse("fe80::1%3"), new IPEndPoint(IPAddress.IPv6Loopback, 11111), typeof(List<int>), typeof(Dictionary<string, Guid[]>),
        new Complex(1.5, -2), Index.FromEnd(3), new Index(0), 2..^1, Range.All, new BitVector32(-7), CultureInfo.InvariantCulture.CompareInfo,
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("fe80::/10"),
    ];

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void A_value_comes_back_equal_where_any_object_can_stand(object value)
    {
        var read = Serialization.RoundTrip<object>(value);

        Assert.Equal(value, read);
        Assert.True(value.GetType() == read!.GetType() || value is Type or IPAddress);
    }

    [Fact]
    public void A_date_and_time_keeps_its_kind()
    {
        foreach (var kind in Enum.GetValues<DateTimeKind>())
        {
            var read = Serialization.RoundTrip(new DateTime(2026, 1, 2, 3, 4, 5, kind));

            Assert.Equal(kind, read.Kind);
            Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5), read);
        }
    }

    [Fact]
    public void An_offset_is_kept_and_not_only_the_instant()
    {
        var value = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(14));

        Assert.Equal(value.Offset, Serialization.RoundTrip(value).Offset);
    }

    [Fact]
    public void The_scale_of_a_decimal_is_kept() => Assert.Equal("1.100", Serialization.RoundTrip(1.100m).ToString(CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(null)]
    [InlineData(7)]
    public void A_nullable_value_is_there_or_not(int? value) => Assert.Equal(value, Serialization.RoundTrip(value));

    [Fact]
    public void Identities_come_back_equal()
    {
        var id = GrainId.Create("owner", "a/b");
        var silo = SiloAddress.New(IPAddress.Parse("10.0.0.7"), 11111, 12345);
        var address = new GrainAddress { GrainId = id, SiloAddress = silo, ActivationId = ActivationId.NewId(), MembershipVersion = new MembershipVersion(7) };

        Assert.Equal(id, Serialization.RoundTrip(id));
        Assert.Equal(default, Serialization.RoundTrip(default(GrainId)));
        Assert.Equal(silo, Serialization.RoundTrip(silo));
        Assert.Equal(address, Serialization.RoundTrip(address));
        Assert.Equal(new GrainInterfaceType(IdSpan.Create("IOwner")), Serialization.RoundTrip(new GrainInterfaceType(IdSpan.Create("IOwner"))));
    }
}
