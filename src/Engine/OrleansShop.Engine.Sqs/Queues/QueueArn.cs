using OrleansShop.Engine.Sqs.Calling;

namespace OrleansShop.Engine.Sqs.Queues;

/// <summary>What policies name a queue by: <c>arn:aws:sqs:eu-central-1:123456789012:name</c>.</summary>
/// <param name="Region">The system name of the region.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="Name">The queue's name.</param>
internal readonly record struct QueueArn(string Region, string Account, string Name)
{
    /// <exception cref="SqsException">It is not the ARN of a queue.</exception>
    public static QueueArn Parse(string arn) => arn.Split(':') is ["arn", _, "sqs", var region, var account, { Length: > 0 } name]
        ? new QueueArn(region, account, name)
        : throw new SqsException(SqsFailure.AnswerInvalid, $"\"{arn}\" is not the ARN of a queue; one is arn:aws:sqs:REGION:ACCOUNT:NAME.");
}
