using Microsoft.Extensions.Configuration;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.Strangler.Sql.Users;

/// <summary>Where the monolith keeps its users. Section <c>Strangler:Users</c>; without it there are none to ask for.</summary>
/// <param name="Table">The table with one row per user.</param>
/// <param name="NameColumn">Its column with the user's name.</param>
/// <param name="PasswordColumn">Its column with the stored password.</param>
/// <param name="EnabledColumn">Its column that says whether the user may sign in: a boolean, or an integer that is not 0.</param>
/// <param name="RoleTable">The table with one row per role of a user.</param>
/// <param name="RoleNameColumn">Its column with the user's name.</param>
/// <param name="RoleColumn">Its column with the role.</param>
public sealed record UserTable(
    string Table, string NameColumn, string PasswordColumn, string EnabledColumn, string RoleTable, string RoleNameColumn, string RoleColumn)
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Strangler:Users";

    /// <summary>Reads the section, or returns null when it is absent.</summary>
    /// <exception cref="CapabilityConfigurationException">A key is missing; it lists every one.</exception>
    public static UserTable? Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(Section);
        if (!section.Exists())
        {
            return null;
        }

        var faults = new List<ConfigurationFault>();
        var users = new UserTable(
            Name(nameof(Table)), Name(nameof(NameColumn)), Name(nameof(PasswordColumn)), Name(nameof(EnabledColumn)),
            Name(nameof(RoleTable)), Name(nameof(RoleNameColumn)), Name(nameof(RoleColumn)));
        return faults.Count == 0 ? users : throw new CapabilityConfigurationException(faults);

        string Name(string key)
        {
            if (section[key] is { Length: > 0 } name)
            {
                return name;
            }

            faults.Add(new($"{Section}:{key}", section[key], "the name of a table or column"));
            return "";
        }
    }
}
