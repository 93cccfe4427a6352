using System.Net;
using OrleansShop.Engine.Sqs.Calling;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Calling;

public sealed class FaultCodesTests
{
    [Theory]
    [InlineData("QueueDoesNotExist", "QueueDoesNotExist")]
    [InlineData("com.amazonaws.sqs#QueueDoesNotExist", "QueueDoesNotExist")]
    [InlineData("AWS.SimpleQueueService.NonExistentQueue", "NonExistentQueue")]
    [InlineData("com.amazon.coral.service#AccessDeniedException:http://internal.amazon.com/coral/", "AccessDeniedException")]
    [InlineData("", "")]
    [InlineData("#", "")]
    public void A_code_is_the_name_alone(string code, string name) => Assert.Equal(name, FaultCodes.Normalize(code));

    [Theory]
    [InlineData("QueueDoesNotExist", SqsFailure.QueueMissing, false)]
    [InlineData("NonExistentQueue", SqsFailure.QueueMissing, false)]
    [InlineData("QueueNameExists", SqsFailure.QueueExists, false)]
    [InlineData("NotFound", SqsFailure.TopicMissing, false)]
    [InlineData("AuthorizationError", SqsFailure.AccessDenied, false)]
    [InlineData("KmsAccessDenied", SqsFailure.AccessDenied, false)]
    [InlineData("ExpiredToken", SqsFailure.CredentialsRefused, true)]
    [InlineData("RequestThrottled", SqsFailure.Throttled, true)]
    [InlineData("KmsThrottled", SqsFailure.Throttled, true)]
    [InlineData("OverLimit", SqsFailure.TooManyInFlight, true)]
    [InlineData("QueueDeletedRecently", SqsFailure.Other, true)]
    [InlineData("BatchRequestTooLong", SqsFailure.MessageTooLong, false)]
    [InlineData("SomethingNew", SqsFailure.Other, false)]
    public void A_code_has_a_meaning_and_passes_or_not(string code, SqsFailure meaning, bool mayPass) =>
        Assert.Equal((meaning, mayPass), (FaultCodes.Meaning(code), FaultCodes.MayPass(code)));

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, false)]
    [InlineData(HttpStatusCode.TooManyRequests, true)]
    [InlineData(HttpStatusCode.InternalServerError, true)]
    [InlineData(HttpStatusCode.GatewayTimeout, true)]
    public void What_has_no_known_code_passes_by_its_status(HttpStatusCode status, bool mayPass) => Assert.Equal(mayPass, FaultCodes.MayPass(ServiceFault.Of("SomethingNew", "x", status)));

    [Fact]
    public void A_sentence_is_shortened() => Assert.InRange(ServiceFault.Of("SomethingNew", new string('x', 100_000), HttpStatusCode.BadRequest).Message.Length, 100, 1000);
}
