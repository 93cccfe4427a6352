using Xunit;

namespace System.IO.Hashing.Tests;

public sealed class IncrementalHashTests
{
    // Around every border inside the algorithms: lengths that are hashed as a whole, stripes, held bytes and blocks.
    private static readonly int[] s_lengths =
    [
        .. Enumerable.Range(0, 34), 63, 64, 65, 127, 128, 129, 239, 240, 241, 255, 256, 257, 319, 320, 321, 511, 512, 513, 576, 577,
        1023, 1024, 1025, 1087, 1088, 1089, 1279, 1280, 1281, 2047, 2048, 2049, 4096,
    ];

    private static readonly long[] s_seeds = [0, 1, -1, unchecked((long)ReferenceInput.Prime64)];

    public static TheoryData<string> Algorithms => ["XxHash32", "XxHash64", "XxHash3", "Crc32"];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Bytes_added_in_one_piece_hash_as_in_one_call(string algorithm) => ForEachInput(algorithm, (hash, input) => hash.Append(input));

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Bytes_added_one_by_one_hash_as_in_one_call(string algorithm) => ForEachInput(algorithm, (hash, input) =>
    {
        for (var index = 0; index < input.Length; index++)
            hash.Append(input.AsSpan(index, 1));
    });

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Bytes_added_in_uneven_pieces_hash_as_in_one_call(string algorithm)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var sizes = new Random(seed);
            ForEachInput(algorithm, (hash, input) =>
            {
                for (var start = 0; start < input.Length;)
                {
                    var count = Math.Min(sizes.Next(0, 700), input.Length - start);
                    hash.Append(input.AsSpan(start, count));
                    start += count;
                }
            });
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Looking_at_the_hash_in_between_changes_nothing(string algorithm) => ForEachInput(algorithm, (hash, input) =>
    {
        for (var start = 0; start < input.Length; start += 37)
        {
            hash.Append(input.AsSpan(start, Math.Min(37, input.Length - start)));
            hash.GetCurrentHash();
        }
    });

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_stream_hashes_as_its_bytes(string algorithm)
    {
        var input = ReferenceInput.OfLength(4096).ToArray();
        var hash = Create(algorithm, 0);
        hash.Append(new MemoryStream(input));
        await hash.AppendAsync(new MemoryStream(input), TestContext.Current.CancellationToken);
        Assert.Equal(OneShot(algorithm, [.. input, .. input], 0), hash.GetCurrentHash());
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_hash_that_was_reset_starts_over(string algorithm)
    {
        var hash = Create(algorithm, 7);
        hash.Append(ReferenceInput.OfLength(1500));
        Assert.Equal(OneShot(algorithm, ReferenceInput.OfLength(1500).ToArray(), 7), hash.GetHashAndReset());
        hash.Append(ReferenceInput.OfLength(20));
        Assert.Equal(OneShot(algorithm, ReferenceInput.OfLength(20).ToArray(), 7), hash.GetCurrentHash());
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_destination_that_is_too_short_is_refused(string algorithm)
    {
        var hash = Create(algorithm, 0);
        var tooShort = new byte[hash.HashLengthInBytes - 1];
        Assert.False(hash.TryGetCurrentHash(tooShort, out var written));
        Assert.Equal(0, written);
        Assert.Throws<ArgumentException>(() => hash.GetCurrentHash(tooShort.AsSpan()));
        Assert.Throws<ArgumentException>(() => hash.GetHashAndReset(tooShort.AsSpan()));
    }

    private static void ForEachInput(string algorithm, Action<NonCryptographicHashAlgorithm, byte[]> append)
    {
        foreach (var seed in s_seeds)
        {
            foreach (var length in s_lengths)
            {
                var input = ReferenceInput.OfLength(length).ToArray();
                var hash = Create(algorithm, seed);
                append(hash, input);
                Assert.True(
                    OneShot(algorithm, input, seed).AsSpan().SequenceEqual(hash.GetCurrentHash()),
                    $"{algorithm} of {length} bytes with seed {seed} depends on the pieces.");
            }
        }
    }

    private static NonCryptographicHashAlgorithm Create(string algorithm, long seed) => algorithm switch
    {
        "XxHash32" => new XxHash32(unchecked((int)seed)),
        "XxHash64" => new XxHash64(seed),
        "XxHash3" => new XxHash3(seed),
        "Crc32" => new Crc32(),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, null),
    };

    private static byte[] OneShot(string algorithm, byte[] input, long seed) => algorithm switch
    {
        "XxHash32" => XxHash32.Hash(input, unchecked((int)seed)),
        "XxHash64" => XxHash64.Hash(input, seed),
        "XxHash3" => XxHash3.Hash(input, seed),
        "Crc32" => Crc32.Hash(input),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, null),
    };
}
