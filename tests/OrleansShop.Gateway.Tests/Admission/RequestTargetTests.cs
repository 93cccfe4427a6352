using OrleansShop.Gateway.Admission;
using Xunit;

namespace OrleansShop.Gateway.Tests.Admission;

public sealed class RequestTargetTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/petclinic/api/owners/1")]
    [InlineData("/petclinic/api/owners?lastName=M%C3%BCller")]
    [InlineData("/petclinic/api/owners?lastName=100%")]
    [InlineData("/petclinic/api/owners?next=../../x")]
    [InlineData("/a/M%C3%BCller")]
    [InlineData("/a/with%20space")]
    [InlineData("/a/file.json")]
    [InlineData("/a/...")]
    [InlineData("/.well-known/x")]
    [InlineData("*")]
    [InlineData("")]
    public void A_path_with_one_reading_is_let_through(string target) => Assert.Null(RequestTarget.FaultOf(target));

    [Theory]
    [InlineData("/a/../b", "segment")]
    [InlineData("/a/./b", "segment")]
    [InlineData("/..", "segment")]
    [InlineData("/a/%2e%2e/b", "segment")]
    [InlineData("/a/.%2E/b", "segment")]
    [InlineData("/a%2Fb", "slash")]
    [InlineData("/a%5cb", "slash")]
    [InlineData("/a\\b", "backslash")]
    [InlineData("/a/%zz", "hexadecimal")]
    [InlineData("/a/%4", "hexadecimal")]
    [InlineData("/a/%", "hexadecimal")]
    [InlineData("/a/%00", "control")]
    [InlineData("/a/%0d%0aX:1", "control")]
    [InlineData("/a/%7f", "control")]
    [InlineData("/a/%ff", "UTF-8")]
    [InlineData("/a/%c0%ae", "UTF-8")]
    [InlineData("/a/%c3", "UTF-8")]
    [InlineData("/a/%ed%a0%80", "UTF-8")]
    public void A_path_that_could_be_read_in_two_ways_is_refused(string target, string reason) =>
        Assert.Contains(reason, RequestTarget.FaultOf(target), StringComparison.Ordinal);

    [Fact]
    public void Random_targets_never_throw()
    {
        var random = new Random(20261121);
        const string alphabet = "/%.\\abcF0129?#é\u0000\u0080漢";
        for (var round = 0; round < 50_000; round++)
        {
            var target = string.Create(random.Next(40), random, static (span, source) =>
            {
                foreach (ref var c in span)
                {
                    c = alphabet[source.Next(alphabet.Length)];
                }
            });
            var fault = RequestTarget.FaultOf(target);
            var path = target.Split('?')[0];
            Assert.False(fault is null && (path.Contains("/../", StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal)), target);
        }
    }
}
