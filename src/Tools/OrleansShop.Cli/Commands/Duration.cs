using System.CommandLine.Parsing;
using System.Globalization;

namespace OrleansShop.Cli.Commands;

/// <summary>Lengths of time: reads such as <c>90s</c>, <c>15m</c>, <c>2h</c> or <c>7d</c>, as seconds, and writes seconds.</summary>
internal static class Duration
{
    private const long MostSeconds = 10L * 365 * 86_400;

    public static Func<ArgumentResult, long?> Of(string option) => result =>
    {
        var given = result.Tokens.Single().Value;
        var unit = given.Length == 0 ? 0 : given[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 };
        if (unit != 0 && int.TryParse(given.AsSpan(0, given.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && (long)number * unit <= MostSeconds)
        {
            return (long)number * unit;
        }

        result.AddError($"{option} is '{given}'; it must be a whole number and a unit, s, m, h or d, such as 15m, and at most ten years.");
        return null;
    };

    public static string Text(double seconds) => seconds switch
    {
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < 2 * 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.0} min"),
        < 48 * 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86_400:0.0} d"),
    };
}
