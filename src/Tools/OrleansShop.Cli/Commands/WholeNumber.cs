using System.CommandLine.Parsing;
using System.Globalization;

namespace OrleansShop.Cli.Commands;

/// <summary>Reads a number of an option and says what would be right when it is none.</summary>
internal static class WholeNumber
{
    public static Func<ArgumentResult, int> Between(string option, int lowest, int highest) => result =>
    {
        var given = result.Tokens.Single().Value;
        if (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= lowest && number <= highest)
        {
            return number;
        }

        result.AddError($"{option} is '{given}'; it must be a whole number from {lowest} to {highest}.");
        return lowest;
    };

    /// <summary>From 0 on.</summary>
    public static Func<ArgumentResult, long?> Natural(string option) => result =>
    {
        var given = result.Tokens.Single().Value;
        if (long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        result.AddError($"{option} is '{given}'; it must be a whole number from 0 on.");
        return null;
    };
}
