namespace OrleansShop.Engine.Abstractions.Tests.Conformity;

/// <summary>How many of the listed facts are true of our types.</summary>
internal static class ApiCoverage
{
    private static readonly Dictionary<string, int> s_missing = ListedApi.Missing().GroupBy(missing => missing.Type).ToDictionary(group => group.Key, group => group.Count());

    /// <summary>All listed facts.</summary>
    public static int Listed => ListedApi.Facts.Values.Sum(facts => facts.Count);

    /// <summary>The facts that are true of our types.</summary>
    public static int Have => Listed - s_missing.Values.Sum();

    /// <summary>How many of a hundred listed facts there are.</summary>
    public static double Percent => 100.0 * Have / Listed;

    /// <summary>How many facts of a type there are not.</summary>
    public static int MissingOf(string listedType) => s_missing.GetValueOrDefault(listedType);
}
