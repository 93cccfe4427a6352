using Xunit;

namespace OrleansShop.Conventions.Tests;

/// <summary>An assertion that names every offender: the reader of a red build wants the whole list at once.</summary>
internal static class Expect
{
    public static void None(IEnumerable<string> offenders, string rule)
    {
        var all = offenders.ToList();
        if (all.Count > 0)
        {
            Assert.Fail($"{rule}{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", all)}");
        }
    }
}
