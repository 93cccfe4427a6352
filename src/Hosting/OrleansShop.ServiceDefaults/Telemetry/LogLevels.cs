using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace OrleansShop.ServiceDefaults.Telemetry;

/// <summary>
/// The framework's lines per request are not for operators. These levels lie below every other source: the section <c>Logging</c> of a file, the
/// environment and the command line override them.
/// </summary>
internal static class LogLevels
{
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:System.Net.Http"] = "Warning",

        // Every failed attempt is counted by the gateway and answered; the library would add a stack trace for each client that goes away.
        ["Logging:LogLevel:Yarp"] = "Error",
    };

    internal static void AddLogLevels(this WebApplicationBuilder builder) =>
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
}
