using System.Text;
using Dapper;

namespace OrleansShop.Clinic.Monolith.Persistence;

/// <summary>
/// A condition on owners with its parameters: all of them, one of them, or those whose last name begins with a text, case ignored. The last is one condition
/// for each character (see <see cref="CaseVariants"/>), so that both databases agree with each other and with .NET's ordinal comparison ignoring case.
/// </summary>
internal sealed record OwnerFilter(string Condition, DynamicParameters Parameters)
{
    /// <summary>No last name is longer, so nothing begins with more.</summary>
    private const int MaxLastNameLength = 30;

    public static OwnerFilter ById(int id) => new("id = @id", new DynamicParameters(new { id }));

    public static OwnerFilter ByLastName(string? start)
    {
        var parameters = new DynamicParameters();
        var characters = (start ?? "").EnumerateRunes().ToList();
        if (characters.Count > MaxLastNameLength) return new OwnerFilter("1 = 0", parameters);

        var condition = new StringBuilder("1 = 1");
        foreach (var (character, index) in characters.Select((character, index) => (character, index)))
        {
            var names = CaseVariants.Of(character).Select((variant, number) =>
            {
                var name = $"@c{index}_{number}";
                parameters.Add(name, variant);
                return name;
            });
            condition.Append($" AND substr(last_name, {index + 1}, 1) IN ({string.Join(", ", names)})");
        }

        return new OwnerFilter(condition.ToString(), parameters);
    }
}
