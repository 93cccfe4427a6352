using System.Text;
using OrleansShop.Clinic.Monolith.Persistence;
using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Persistence;

public sealed class CaseVariantsTests
{
    [Theory]
    [InlineData("d", "Dd")]
    [InlineData("Σ", "Σςσ")]
    [InlineData("1", "1")]
    [InlineData("山", "山")]
    [InlineData("ß", "ß")]
    [InlineData("\U00010428", "\U00010400\U00010428")]
    public void All_forms_of_a_letter_are_found(string letter, string forms) =>
        Assert.Equal(forms, string.Concat(CaseVariants.Of(letter.EnumerateRunes().Single()).Order(StringComparer.Ordinal)));

    [Fact]
    public void They_agree_with_the_ordinal_comparison_that_ignores_case()
    {
        for (var value = 0; value <= 0x1FFFF; value++)
        {
            if (!Rune.IsValid(value) || !Rune.IsLetter(new Rune(value))) continue;

            var letter = new Rune(value).ToString();
            Assert.All(CaseVariants.Of(new Rune(value)), variant => Assert.Equal(letter, variant, StringComparer.OrdinalIgnoreCase));
        }
    }
}
