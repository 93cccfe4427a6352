namespace OrleansShop.Engine.Sqs.Receiving;

/// <summary>A message as it was received.</summary>
/// <param name="Id">What SQS calls it: the same each time it is received.</param>
/// <param name="ReceiptHandle">What it is deleted with, and its visibility changed: another one each time it is received.</param>
/// <param name="Body">What was sent.</param>
/// <param name="Attributes">What was sent with it; values of the type Binary in Base64.</param>
/// <param name="AttributeTypes">The types of those attributes that are not <c>String</c>.</param>
/// <param name="SystemAttributes">What SQS knows of it.</param>
internal sealed record SqsMessage(
    string Id, string ReceiptHandle, string Body, IReadOnlyDictionary<string, string> Attributes, IReadOnlyDictionary<string, string> AttributeTypes, SqsSystemAttributes SystemAttributes);
