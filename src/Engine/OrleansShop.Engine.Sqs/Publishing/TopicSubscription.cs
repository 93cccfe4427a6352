namespace OrleansShop.Engine.Sqs.Publishing;

/// <summary>Who gets what is published to a topic.</summary>
/// <param name="Arn">What it is ended with. <c>PendingConfirmation</c> until its owner has agreed.</param>
/// <param name="Protocol">Such as <c>sqs</c>.</param>
/// <param name="Endpoint">The ARN of the queue, if it is one.</param>
internal sealed record TopicSubscription(string Arn, string Protocol, string Endpoint);
