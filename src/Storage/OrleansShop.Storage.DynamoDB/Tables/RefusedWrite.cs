using Amazon.DynamoDBv2.Model;

namespace OrleansShop.Storage.DynamoDB.Tables;

/// <summary>A conditional write that DynamoDB did not do because its condition did not hold.</summary>
/// <param name="Cause">What DynamoDB said; with the item that was there, if the request asked for it.</param>
/// <param name="Tries">How many times it was sent. After more than one, a try whose answer was lost may have done the work.</param>
internal sealed record RefusedWrite(ConditionalCheckFailedException Cause, int Tries)
{
    /// <summary>Whether a deletion may have been refused only because a try before had done it: then the item is gone.</summary>
    public bool MayBeDoneBefore => Tries > 1 && Cause.Item is not { Count: > 0 };
}
