using System.Net;
using System.Text;
using Orleans.Runtime;
using Xunit;

namespace OrleansShop.Engine.Abstractions.Tests.Membership;

public sealed class SiloAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:11111@154000000")]
    [InlineData("10.1.2.3:1@-7")]
    [InlineData("[::1]:65535@1")]
    [InlineData("[fe80::1]:30000@2")]
    public void Its_parsable_form_reads_back(string text)
    {
        var address = SiloAddress.FromParsableString(text);
        Assert.Equal(text, address.ToParsableString());
        Assert.Equal(address, SiloAddress.Parse(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(address.GetHashCode(), SiloAddress.Parse(text).GetHashCode());
    }

    [Fact]
    public void An_IPv6_address_may_come_without_brackets() =>
        Assert.Equal(SiloAddress.New(IPAddress.IPv6Loopback, 11111, 5), SiloAddress.Parse("::1:11111@5"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("127.0.0.1:11111")]
    [InlineData("127.0.0.1@5")]
    [InlineData("127.0.0.1:70000@5")]
    [InlineData("127.0.0.1:x@5")]
    [InlineData("localhost:11111@5")]
    [InlineData("127.0.0.1:11111@x")]
    public void Other_text_is_refused(string? text)
    {
        Assert.False(SiloAddress.TryParse(text, out var address));
        Assert.Null(address);
    }

    [Fact]
    public void A_later_start_at_the_same_place_is_its_successor()
    {
        var first = SiloAddress.New(IPAddress.Loopback, 11111, 1);
        var second = SiloAddress.New(IPAddress.Loopback, 11111, 2);
        Assert.True(second.IsSuccessorOf(first));
        Assert.True(first.IsPredecessorOf(second));
        Assert.False(second.IsSuccessorOf(second));
        Assert.False(second.IsSuccessorOf(SiloAddress.New(IPAddress.Loopback, 11112, 1)));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void A_generation_is_the_seconds_since_2022_and_never_comes_twice()
    {
        var seconds = (TimeProvider.System.GetUtcNow() - new DateTimeOffset(2022, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds;
        var generations = Enumerable.Range(0, 100).Select(_ => SiloAddress.AllocateNewGeneration()).ToList();
        Assert.InRange(generations[0], seconds - 5, seconds + 500);
        Assert.Equal(generations.Distinct().Order(), generations);
    }

    [Fact]
    public void The_order_is_by_place_and_then_by_generation()
    {
        var sorted = new[] { "10.0.0.2:1@1", "10.0.0.1:2@1", "10.0.0.1:1@2", "10.0.0.1:1@1" }.Select(SiloAddress.Parse).Order();
        Assert.Equal(["10.0.0.1:1@1", "10.0.0.1:1@2", "10.0.0.1:2@1", "10.0.0.2:1@1"], sorted.Select(address => address.ToParsableString()));
    }

    [Fact]
    public void In_logs_it_says_whether_it_is_a_silo_or_a_client()
    {
        Assert.Equal("S127.0.0.1:11111:5", SiloAddress.New(IPAddress.Loopback, 11111, 5).ToString());
        Assert.Equal("C127.0.0.1:0:-5", SiloAddress.New(IPAddress.Loopback, 0, -5).ToString());
    }
}
