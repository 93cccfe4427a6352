using System.Text;

namespace OrleansShop.Clinic.Monolith.Persistence;

/// <summary>
/// Which characters count as the same when case is ignored: those with one upper-case form, in all of Unicode. The lists are put into the SQL, because the
/// databases' own case functions differ: SQLite's knows ASCII only, PostgreSQL's depends on how the database was created.
/// </summary>
internal static class CaseVariants
{
    private static readonly Lazy<Dictionary<Rune, string[]>> ByUpperCase = new(Collect);

    /// <summary>All characters that equal <paramref name="character"/> when case is ignored, itself included.</summary>
    public static IReadOnlyList<string> Of(Rune character) =>
        ByUpperCase.Value.TryGetValue(Rune.ToUpperInvariant(character), out var variants) ? variants : [character.ToString()];

    private static Dictionary<Rune, string[]> Collect()
    {
        var changing = AllRunes().Select(rune => (rune, upper: Rune.ToUpperInvariant(rune))).Where(pair => pair.rune != pair.upper);
        return changing.GroupBy(pair => pair.upper, pair => pair.rune.ToString()).ToDictionary(group => group.Key, group => group.Append(group.Key.ToString()).ToArray());
    }

    private static IEnumerable<Rune> AllRunes()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (Rune.IsValid(value)) yield return new Rune(value);
        }
    }
}
