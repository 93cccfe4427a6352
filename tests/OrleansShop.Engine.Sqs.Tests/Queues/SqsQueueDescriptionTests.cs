using System.Text;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Queues;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Queues;

public sealed class SqsQueueDescriptionTests
{
    [Theory]
    [InlineData("3")]
    [InlineData("\"3\"")]
    public void A_redrive_policy_may_have_its_count_as_a_number_or_as_text(string count) =>
        Assert.Equal(new RedrivePolicy("arn:x", 3), Read("\"QueueArn\":\"a\",\"RedrivePolicy\":" + System.Text.Json.JsonSerializer.Serialize($$"""{"deadLetterTargetArn":"arn:x","maxReceiveCount":{{count}}}""")).Redrive);

    [Fact]
    public void What_is_written_is_read() => Assert.Equal(new RedrivePolicy("arn:\"x\"", 1000), RedrivePolicy.Read(new RedrivePolicy("arn:\"x\"", 1000).ToJson()));

    [Fact]
    public void What_is_not_said_is_nothing()
    {
        var described = Read("\"QueueArn\":\"a\"");
        Assert.Equal(("a", 0L, false, null, null), (described.Arn, described.Waiting, described.IsFifo, described.Policy, described.Redrive));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"QueueArn\":7")]
    [InlineData("\"QueueArn\":null")]
    [InlineData("\"QueueArn\":\"a\",\"ApproximateNumberOfMessages\":\"many\"")]
    [InlineData("\"QueueArn\":\"a\",\"ApproximateNumberOfMessages\":7")]
    [InlineData("\"QueueArn\":\"a\",\"RedrivePolicy\":\"{\"")]
    [InlineData("\"QueueArn\":\"a\",\"RedrivePolicy\":\"{}\"")]
    [InlineData("\"QueueArn\":\"a\",\"RedrivePolicy\":\"{\\\"deadLetterTargetArn\\\":\\\"x\\\",\\\"maxReceiveCount\\\":\\\"x\\\"}\"")]
    [InlineData("\"QueueArn\":\"a\",\"VisibilityTimeout\":\"99999999999999999\"")]
    [InlineData("\"QueueArn\":\"a\",\"QueueArn\":\"b\"")]
    public void What_is_not_an_answer_is_refused(string attributes) => Assert.Throws<InvalidAnswer>(() => Read(attributes));

    private static SqsQueueDescription Read(string attributes) => SqsQueueDescription.Read(Encoding.UTF8.GetBytes($$$"""{"Attributes":{{{{attributes}}}}}"""));
}
