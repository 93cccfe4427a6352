using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Storage;

public partial class DynamoDBGrainStorage
{
    [LoggerMessage(1910, LogLevel.Debug, "The state {State} of {Grain} is too large for an item and is stored compressed, in {Bytes} bytes; the official engine cannot read it")]
    private partial void LogCompressed(string state, GrainId grain, int bytes);
}
