using OrleansShop.Strangler.Keys;
using Xunit;

namespace OrleansShop.Strangler.Tests.Keys;

/// <summary>How ids are written and read.</summary>
public sealed class KeyTypeTests
{
    [Theory]
    [InlineData(KeyType.Integer, "7", "7")]
    [InlineData(KeyType.Integer, "007", "7")]
    [InlineData(KeyType.Integer, "-0", "0")]
    [InlineData(KeyType.Integer, "+12", "12")]
    [InlineData(KeyType.Integer, "-9223372036854775808", "-9223372036854775808")]
    [InlineData(KeyType.Text, "007", "007")]
    [InlineData(KeyType.Text, " a/b?c ", " a/b?c ")]
    [InlineData(KeyType.Text, "Ä😀", "Ä😀")]
    [InlineData(KeyType.Uuid, "0F8FAD5B-D9CB-469F-A165-70867728950E", "0f8fad5b-d9cb-469f-a165-70867728950e")]
    public void An_id_has_one_form(KeyType type, string written, string form)
    {
        Assert.Equal(form, type.Read(written).ToString());
        Assert.Equal(form, type.Canonical(written));
        Assert.Equal(type.Read(form), type.Read(written));
    }

    [Theory]
    [InlineData(KeyType.Integer, "")]
    [InlineData(KeyType.Integer, "x7")]
    [InlineData(KeyType.Integer, "7.0")]
    [InlineData(KeyType.Integer, " 7")]
    [InlineData(KeyType.Integer, "9223372036854775808")]
    [InlineData(KeyType.Text, "")]
    [InlineData(KeyType.Text, "a\nb")]
    [InlineData(KeyType.Text, "a\0")]
    [InlineData(KeyType.Uuid, "0f8fad5bd9cb469fa16570867728950e")]
    [InlineData(KeyType.Uuid, "{0f8fad5b-d9cb-469f-a165-70867728950e}")]
    public void What_is_no_id_is_refused(KeyType type, string text)
    {
        Assert.False(type.TryRead(text, out _));
        Assert.Equal(text, type.Canonical(text));
        Assert.Contains(type.Wanted(), Assert.Throws<FormatException>(() => type.Read(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_of_a_character_is_no_id()
    {
        Assert.False(KeyType.Text.TryRead("a\ud83d", out _));
        Assert.False(KeyType.Text.TryRead("\ude00a", out _));
        Assert.False(KeyType.Text.TryRead(null, out _));
    }

    [Fact]
    public void A_text_has_up_to_200_characters()
    {
        Assert.True(KeyType.Text.TryRead(new string('ü', KeyTypes.MaxLength), out _));
        Assert.False(KeyType.Text.TryRead(new string('ü', KeyTypes.MaxLength + 1), out _));
        Assert.Contains("A text of 201 characters", Assert.Throws<FormatException>(() => KeyType.Text.Read(new string('ü', KeyTypes.MaxLength + 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_sort_by_their_size_and_texts_by_their_code_points()
    {
        EntityId[] sorted = [-3, 0, 9, 10, KeyType.Text.Read("10"), KeyType.Text.Read("9"), KeyType.Text.Read("B"), KeyType.Text.Read("a"), KeyType.Text.Read("ab"), KeyType.Text.Read("\uffee"), KeyType.Text.Read("😀")];

        Assert.Equal(sorted, sorted.Reverse().Order());
        Assert.All(sorted.Zip(sorted.Skip(1)), static pair => Assert.True(pair.First < pair.Second));
    }

    [Fact]
    public void A_number_and_its_text_are_two_ids()
    {
        Assert.NotEqual((EntityId)7, KeyType.Text.Read("7"));
        Assert.Equal(7, (long)KeyType.Integer.Read("7"));
        Assert.Throws<InvalidCastException>(() => (long)KeyType.Text.Read("7"));
    }
}
