using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost.Logging;

namespace Orleans.TestingHost.Utils;

/// <summary>Waiting for conditions, and log files for tests.</summary>
public static class TestingUtils
{
    private static readonly TimeSpan DefaultDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>Has everything from Information on logged to a file and to the console.</summary>
    public static void ConfigureDefaultLoggingBuilder(ILoggingBuilder builder, string filePath) =>
        builder.SetMinimumLevel(LogLevel.Information).AddConsole().AddFile(filePath);

    /// <summary>Makes loggers to a file and the console, from Information on.</summary>
    public static ILoggerFactory CreateDefaultLoggerFactory(string filePath) => LoggerFactory.Create(builder => ConfigureDefaultLoggingBuilder(builder, filePath));

    /// <summary>Makes loggers to a file and the console.</summary>
    /// <param name="filePath">The file's path.</param>
    /// <param name="filters">What is logged.</param>
    public static ILoggerFactory CreateDefaultLoggerFactory(string filePath, LoggerFilterOptions filters)
    {
        ArgumentNullException.ThrowIfNull(filters);
        return LoggerFactory.Create(builder =>
        {
            ConfigureDefaultLoggingBuilder(builder, filePath);
            builder.Services.Configure<LoggerFilterOptions>(options =>
            {
                options.MinLevel = filters.MinLevel;
                foreach (var rule in filters.Rules)
                    options.Rules.Add(rule);
            });
        });
    }

    /// <summary>The path of a log file that does not exist yet, in the folder <c>logs</c> beside the tests. The folder is created.</summary>
    public static string CreateTraceFileName(string nodeName, string clusterId)
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "logs")).FullName;
        var stem = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{clusterId}-{nodeName}-{TimeProvider.System.GetUtcNow():yyyyMMdd-HHmmss}"));
        return Enumerable.Range(0, int.MaxValue).Select(number => number == 0 ? $"{stem}.log" : $"{stem}-{number}.log").First(path => !File.Exists(path));
    }

    /// <summary>A multiple of a span of time.</summary>
    public static TimeSpan Multiply(TimeSpan time, double value) => time * value;

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="predicate">The condition. Its argument says that this is the last attempt, so that it may throw with details.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="delayOnFail">How long to wait between attempts. Default 100 ms.</param>
    /// <exception cref="TimeoutException">It never held.</exception>
    public static Task WaitUntilAsync(Func<bool, Task<bool>> predicate, TimeSpan timeout, TimeSpan? delayOnFail = null)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return WaitUntilAsync((isLast, _) => predicate(isLast), timeout, delayOnFail);
    }

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="predicate">
    /// The condition. Its first argument says that this is the last attempt, so that it may throw with details; the token is cancelled when the time is over.
    /// </param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="delayOnFail">How long to wait between attempts. Default 100 ms.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    /// <param name="predicateExpression">What is waited for, for the message; the compiler fills it in.</param>
    /// <exception cref="TimeoutException">It never held.</exception>
    public static async Task WaitUntilAsync(
        Func<bool, CancellationToken, Task<bool>> predicate, TimeSpan timeout, TimeSpan? delayOnFail = null, CancellationToken cancellationToken = default,
        [CallerArgumentExpression(nameof(predicate))] string? predicateExpression = null)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        if (await WaitUntilSucceededAsync(token => predicate(false, token), timeout, delayOnFail, cancellationToken)
            || await predicate(true, cancellationToken))
            return;
        throw new TimeoutException($"This did not come true within {timeout}: {predicateExpression}");
    }

    /// <summary>Waits until a condition holds; returns false when the time is over.</summary>
    /// <param name="predicate">The condition; its token is cancelled when the time is over.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="delayOnFail">How long to wait between attempts. Default 100 ms.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    public static async Task<bool> WaitUntilSucceededAsync(
        Func<CancellationToken, Task<bool>> predicate, TimeSpan timeout, TimeSpan? delayOnFail = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        using var deadline = new CancellationTokenSource(timeout, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            while (!await predicate(either.Token))
                await Task.Delay(delayOnFail ?? DefaultDelay, TimeProvider.System, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
