using System.Text.Json;
using OrleansShop.Engine.Sqs.Publishing;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Publishing;

public sealed class QueuePolicyTests
{
    private const string Queue = "arn:aws:sqs:eu-central-1:1:visits";
    private const string Topic = "arn:aws:sns:eu-central-1:1:events";
    private const string Other = """{"Sid":"Other","Effect":"Allow","Principal":"*","Action":"sqs:ReceiveMessage","Resource":"arn:aws:sqs:eu-central-1:1:visits"}""";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_queue_without_a_policy_lets_the_topic_send_and_nobody_else(string? none)
    {
        using var policy = JsonDocument.Parse(QueuePolicy.Allow(none, Queue, Topic)!);

        Assert.Equal("2012-10-17", policy.RootElement.GetProperty("Version").GetString());
        var statement = Assert.Single(policy.RootElement.GetProperty("Statement").EnumerateArray());
        Assert.Equal(
            ("Allow", "sns.amazonaws.com", "sqs:SendMessage", Queue, Topic),
            (statement.GetProperty("Effect").GetString(), statement.GetProperty("Principal").GetProperty("Service").GetString(), statement.GetProperty("Action").GetString(),
                statement.GetProperty("Resource").GetString(), statement.GetProperty("Condition").GetProperty("ArnEquals").GetProperty("aws:SourceArn").GetString()));
    }

    [Theory]
    [InlineData("""{"Version":"2012-10-17","Id":"mine","Statement":[OTHER]}""")]
    [InlineData("""{"Version":"2012-10-17","Id":"mine","Statement":OTHER}""")]
    public void What_is_allowed_stays_allowed(string policy)
    {
        using var changed = JsonDocument.Parse(QueuePolicy.Allow(policy.Replace("OTHER", Other, StringComparison.Ordinal), Queue, Topic)!);

        Assert.Equal("mine", changed.RootElement.GetProperty("Id").GetString());
        Assert.Equal(Other, changed.RootElement.GetProperty("Statement")[0].GetRawText());
        Assert.Equal(2, changed.RootElement.GetProperty("Statement").GetArrayLength());
    }

    [Fact]
    public void What_is_allowed_already_is_not_allowed_twice_and_other_topics_are()
    {
        var policy = QueuePolicy.Allow(null, Queue, Topic);

        Assert.Null(QueuePolicy.Allow(policy, Queue, Topic));
        using var both = JsonDocument.Parse(QueuePolicy.Allow(policy, Queue, Topic + "2")!);
        Assert.Equal(2, both.RootElement.GetProperty("Statement").EnumerateArray().Select(static one => one.GetProperty("Sid").GetString()).Distinct().Count());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("7")]
    public void What_is_no_policy_is_not_overwritten(string policy) => Assert.Throws<FormatException>(() => QueuePolicy.Allow(policy, Queue, Topic));
}
