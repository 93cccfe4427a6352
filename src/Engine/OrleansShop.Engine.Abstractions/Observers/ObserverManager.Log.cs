using Microsoft.Extensions.Logging;

namespace Orleans.Utilities;

public partial class ObserverManager<TIdentity, TObserver>
{
    [LoggerMessage(1000, LogLevel.Information, "Observer {Observer} was removed because telling it something failed.")]
    private static partial void LogDropped(ILogger log, TIdentity observer, Exception exception);
}
