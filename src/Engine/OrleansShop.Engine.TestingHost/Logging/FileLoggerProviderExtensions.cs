using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orleans.TestingHost.Logging;

/// <summary>Adds a log file.</summary>
public static class FileLoggerProviderExtensions
{
    /// <summary>Has everything logged to a file as well.</summary>
    public static ILoggingBuilder AddFile(this ILoggingBuilder builder, string filePathName)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<ILoggerProvider>(_ => new FileLoggerProvider(filePathName));
        return builder;
    }
}
