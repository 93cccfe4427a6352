using System.Globalization;

namespace OrleansShop.Engine.Tests.Serialization.Fuzzing;

/// <summary>How long the fuzz tests run: <c>ORLEANSSHOP_FUZZ_ROUNDS</c> times the usual number of rounds, and from another seed.</summary>
internal static class FuzzRounds
{
    private const int UsualSeed = 20261121;

    /// <summary>The factor; 1 unless the environment says more.</summary>
    public static int Factor { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("ORLEANSSHOP_FUZZ_ROUNDS"), CultureInfo.InvariantCulture, out var factor) && factor > 0 ? factor : 1;

    /// <summary>A generator with a fixed seed; <c>ORLEANSSHOP_FUZZ_SEED</c> replaces it.</summary>
    public static Random NewRandom() => new(Seed);

    /// <summary>The seed, to be named when something fails.</summary>
    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("ORLEANSSHOP_FUZZ_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : UsualSeed;
}
