using System.CommandLine;

namespace OrleansShop.Cli.Commands;

/// <summary>The argument that names a capability.</summary>
internal static class CapabilityName
{
    public const string ArgumentName = "capability";

    private const int MaxLength = 200;

    public static Argument<string> Argument()
    {
        var argument = new Argument<string>(ArgumentName) { Description = "The capability; 'shopctl capabilities' lists them." };
        argument.Validators.Add(static result =>
        {
            var given = result.GetValueOrDefault<string>() ?? "";
            if (given.Length is 0 or > MaxLength || given[0] == '-' || given.All(static character => character == '.') || given.Any(static character => !char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or '.')))
            {
                result.AddError(Printable.Line($"The capability is '{given}'; its name has letters, digits, '_', '.' and, not in front, '-', at most {MaxLength} of them."));
            }
        });
        return argument;
    }
}
