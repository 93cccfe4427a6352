namespace OrleansShop.Clinic.Http.Problems;

internal sealed partial class ProblemMiddleware
{
    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private partial void LogUnforeseen(Exception failure, string method, string path);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Warning, Message = "{Method} {Path} was answered {Status}: what stands behind the API does not answer.")]
    private partial void LogForeseen(Exception failure, string method, string path, int status);

    [LoggerMessage(EventId = 4003, Level = LogLevel.Debug, Message = "{Method} {Path} was given up by its client.")]
    private partial void LogAborted(string method, string path);
}
