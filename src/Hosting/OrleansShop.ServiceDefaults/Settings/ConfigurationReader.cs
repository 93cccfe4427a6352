using System.Globalization;
using Microsoft.Extensions.Configuration;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.ServiceDefaults.Settings;

/// <summary>
/// Reads values of the configuration and notes every fault, so that one start shows all. What is missing, empty or wrong is null: the caller's default counts.
/// </summary>
/// <param name="configuration">What is read.</param>
/// <param name="faults">Where faults are noted.</param>
/// <param name="section">The section that keys are in; null if they are whole.</param>
public sealed class ConfigurationReader(IConfiguration configuration, ICollection<ConfigurationFault> faults, string? section = null)
{
    /// <summary>A text that is not empty.</summary>
    public string? Text(string key) => configuration[WholeOf(key)] is { Length: > 0 } text ? text : null;

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool? Flag(string key)
    {
        if (Text(key) is not { } text) return null;
        if (bool.TryParse(text, out var flag)) return flag;
        Fault(key, text, "true or false");
        return null;
    }

    /// <summary>A whole number between two others, both included, of decimal digits alone.</summary>
    public int? Number(string key, int least, int most)
    {
        if (Text(key) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Fault(key, text, $"a whole number from {least} to {most}");
        return null;
    }

    /// <summary>One of an enumeration, by its name, in upper or lower case.</summary>
    public TKind? Kind<TKind>(string key)
        where TKind : struct, Enum
    {
        if (Text(key) is not { } text) return null;

        // By name only: the enumeration's own parser would take numbers and lists, too.
        foreach (var kind in Enum.GetValues<TKind>())
        {
            if (string.Equals(kind.ToString(), text, StringComparison.OrdinalIgnoreCase)) return kind;
        }

        Fault(key, text, string.Join(" or ", Enum.GetNames<TKind>()));
        return null;
    }

    /// <summary>Notes a fault.</summary>
    /// <param name="key">Where.</param>
    /// <param name="given">The value that it has; null if it is missing, or secret.</param>
    /// <param name="wanted">What it should be.</param>
    public void Fault(string key, string? given, string wanted) => faults.Add(new ConfigurationFault(WholeOf(key), given, wanted));

    private string WholeOf(string key) => section is null ? key : $"{section}:{key}";
}
