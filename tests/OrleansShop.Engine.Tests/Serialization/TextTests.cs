using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansShop.Engine.Serialization;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization;

/// <summary>Texts around the lengths at which they are written and read in another way.</summary>
public sealed class TextTests
{
    [Fact]
    public void A_text_of_any_length_comes_back_with_one_character_of_another_alphabet_anywhere_in_it()
    {
        using var services = Serialization.Start();
        var serializer = services.GetRequiredService<Serializer<string>>();
        foreach (var length in Enumerable.Range(0, 50).Append(255).Append(256).Append(257).Append(4096).Append(4097))
        {
            var plain = string.Create(length, length, static (text, _) =>
            {
                for (var i = 0; i < text.Length; i++) text[i] = (char)(i % 0x80);
            });
            AssertReturns(serializer, plain);
            foreach (var other in "\u0080ÿĀ猫")
            {
                foreach (var at in Places(length)) AssertReturns(serializer, string.Concat(plain.AsSpan(0, at), [other], plain.AsSpan(at + 1)));
            }
        }
    }

    [Fact]
    public void Bytes_that_are_no_utf8_read_as_the_replacement_character_wherever_they_are()
    {
        using var services = Serialization.Start();
        var codecs = services.GetRequiredService<Serializer>().Codecs;
        for (var length = 1; length < 40; length++)
        {
            for (var at = 0; at < length; at++)
            {
                var bytes = Enumerable.Repeat((byte)'a', length).ToArray();
                bytes[at] = 0xFF;
                using var writer = PayloadWriter.Rent(codecs);
                writer.WriteBytes(0, bytes);
                using var reader = PayloadReader.Rent(codecs, writer.ToArray());
                var expected = $"{new string('a', at)}\uFFFD{new string('a', length - at - 1)}";
                Assert.Equal(expected, reader.ReadString(reader.ReadTag()));
            }
        }
    }

    private static IEnumerable<int> Places(int length) => length < 50 ? Enumerable.Range(0, length) : [0, 7, 8, length / 2, length - 9, length - 8, length - 1];

    private static void AssertReturns(Serializer<string> serializer, string text) => Assert.Equal(text, serializer.Deserialize(serializer.SerializeToArray(text)));
}
