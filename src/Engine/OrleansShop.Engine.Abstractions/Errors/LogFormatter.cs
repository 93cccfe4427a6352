using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Orleans.Runtime;

/// <summary>Writes times and exceptions as they stand in logs.</summary>
public static class LogFormatter
{
    /// <summary>The longest message, in characters, that should go to a log.</summary>
    public const int MAX_LOG_MESSAGE_SIZE = 20000;

    private const string DateFormat = "yyyy-MM-dd HH:mm:ss.fff 'GMT'";
    private const string TimeFormat = "HH:mm:ss.fff 'GMT'";

    private static readonly ConcurrentDictionary<Type, Func<Exception, string>> s_decoders = new();

    /// <summary>A date and time, which has to be in UTC.</summary>
    public static string PrintDate(DateTime date) => date.ToString(DateFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="PrintDate"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static DateTime ParseDate(string dateStr) =>
        DateTime.ParseExact(dateStr, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>The time of day, in UTC.</summary>
    public static string PrintTime(DateTime date) => date.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>An exception with those that caused it, each with its stack trace. Empty for null.</summary>
    public static string PrintException(Exception exception)
    {
        var text = new StringBuilder();
        Append(text, exception, level: 0);
        return text.ToString();
    }

    /// <summary>Has exceptions of a type written by a function instead of their message.</summary>
    public static void SetExceptionDecoder(Type exceptionType, Func<Exception, string> decoder) => s_decoders[exceptionType] = decoder;

    private static void Append(StringBuilder text, Exception? exception, int level)
    {
        if (exception is null)
            return;
        var message = s_decoders.TryGetValue(exception.GetType(), out var decode) ? decode(exception) : exception.Message;
        text.AppendLine().Append(CultureInfo.InvariantCulture, $"Exc level {level}: {exception.GetType()}: {message}");
        if (exception.StackTrace is { } trace)
            text.AppendLine().Append(trace);
        if (exception is AggregateException several)
        {
            foreach (var inner in several.InnerExceptions)
                Append(text, inner, level + 1);
        }
        else
        {
            Append(text, exception.InnerException, level + 1);
        }
    }
}
