using Microsoft.Extensions.Logging;
using Orleans.TestingHost.Utils;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests.Logging;

public sealed class FileLoggerTests
{
    [Fact]
    public void What_is_logged_is_in_the_file_at_once_and_filters_hold()
    {
        var path = TestingUtils.CreateTraceFileName("node", Path.GetRandomFileName());
        try
        {
            using (var factory = TestingUtils.CreateDefaultLoggerFactory(path, new LoggerFilterOptions { MinLevel = LogLevel.Warning }))
            {
                Write(factory.CreateLogger("somebody"), LogLevel.Information, "not this");
                Write(factory.CreateLogger("somebody"), LogLevel.Warning, "but this");
                using var reader = new StreamReader(File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
                var text = reader.ReadToEnd();
                Assert.Contains("somebody: but this", text, StringComparison.Ordinal);
                Assert.DoesNotContain("not this", text, StringComparison.Ordinal);
            }

            using (var again = TestingUtils.CreateDefaultLoggerFactory(path))
                Write(again.CreateLogger("somebody"), LogLevel.Information, "appended");
            Assert.Equal(2, File.ReadAllLines(path).Length);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Write(ILogger logger, LogLevel level, string message) => logger.Log(level, default, message, exception: null, static (text, _) => text);
}
