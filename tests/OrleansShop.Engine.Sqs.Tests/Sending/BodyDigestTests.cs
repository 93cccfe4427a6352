using OrleansShop.Engine.Sqs.Sending;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Sending;

public sealed class BodyDigestTests
{
    // The values are of RFC 1321 and of the service's own example.
    [Theory]
    [InlineData("abc", "900150983cd24fb0d6963f7d28e17f72", true)]
    [InlineData("abc", "900150983CD24FB0D6963F7D28E17F72", true)]
    [InlineData("message digest", "f96b697d7cb7938d525a2f31aaf161d0", true)]
    [InlineData("abd", "900150983cd24fb0d6963f7d28e17f72", false)]
    [InlineData("abc", "900150983cd24fb0d6963f7d28e17f7", false)]
    [InlineData("abc", null, true)]
    [InlineData("abc", "", true)]
    public void A_digest_fits_its_body_alone(string body, string? digest, bool fits) => Assert.Equal(fits, BodyDigest.Fits(body, digest));
}
