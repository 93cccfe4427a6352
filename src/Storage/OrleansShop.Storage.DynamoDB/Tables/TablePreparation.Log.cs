using Microsoft.Extensions.Logging;

namespace OrleansShop.Storage.DynamoDB.Tables;

internal sealed partial class TablePreparation
{
    [LoggerMessage(3601, LogLevel.Information, "The DynamoDB table {Table} at {Place} was created for {Purpose}")]
    private partial void LogCreated(string table, string place, string purpose);

    [LoggerMessage(3602, LogLevel.Information, "The DynamoDB table {Table} at {Place} deletes items after the time in their attribute {Attribute} from now on")]
    private partial void LogTimeToLive(string table, string place, string attribute);

    [LoggerMessage(3603, LogLevel.Warning, "The DynamoDB table {Table} at {Place} is not checked: the credentials may not do dynamodb:DescribeTable. {Reason}")]
    private partial void LogNotChecked(string table, string place, string reason);

    [LoggerMessage(3605, LogLevel.Warning, "The DynamoDB table {Table} at {Place} keeps items after the time in their attribute {Attribute}: the credentials may not do dynamodb:DescribeTimeToLive or dynamodb:UpdateTimeToLive. {Reason}")]
    private partial void LogItemsStay(string table, string place, string attribute, string reason);
}
