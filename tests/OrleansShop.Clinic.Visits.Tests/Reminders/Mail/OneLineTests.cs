using OrleansShop.Clinic.Visits.Reminders.Mail;
using Xunit;

namespace OrleansShop.Clinic.Visits.Tests.Reminders.Mail;

public sealed class OneLineTests
{
    [Theory]
    [InlineData("Leo", "Leo")]
    [InlineData("  Leo \t the  cat ", "Leo the cat")]
    [InlineData("Leo\r\nBcc: all@clinic.test", "Leo Bcc: all@clinic.test")]
    [InlineData("Leo\u2028\u0085\u000b\u0000x", "Leo x")]
    [InlineData("Leo\u202eoeL\u200b\ufeff", "Leo oeL")]
    [InlineData("Leo\ud800", "Leo")]
    [InlineData("größer 🐈", "größer 🐈")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void What_is_no_visible_character_becomes_a_blank(string? text, string line) => Assert.Equal(line, OneLine.Of(text, 100));

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abcde…")]
    [InlineData("abcde fg", 6, "abcde…")]
    [InlineData("🐈🐈🐈🐈", 3, "🐈🐈…")]
    [InlineData("🐈🐈🐈   ", 3, "🐈🐈🐈")]
    [InlineData("ab", 1, "…")]
    public void What_is_too_long_is_cut_at_a_character(string text, int maxLength, string line) => Assert.Equal(line, OneLine.Of(text, maxLength));
}
