using System.Buffers.Binary;
using System.Numerics;

namespace System.IO.Hashing.Tests;

/// <summary>XXH3 as its specification says it, step by step and without any thought of speed: what the real one is compared with.</summary>
internal static class SpecifiedXxHash3
{
    private const ulong P32x1 = 0x9E3779B1, P32x2 = 0x85EBCA77, P32x3 = 0xC2B2AE3D;
    private const ulong P64x1 = 0x9E3779B185EBCA87, P64x2 = 0xC2B2AE3D27D4EB4F, P64x3 = 0x165667B19E3779F9;
    private const ulong P64x4 = 0x85EBCA77C2B2AE63, P64x5 = 0x27D4EB2F165667C5;
    private const ulong Mx1 = 0x165667919E3779F9, Mx2 = 0x9FB21C651E98DF25;

    private static readonly byte[] s_secret = Convert.FromHexString(
        "b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671f" + "cb79e64eccc0e578825ad07dccff7221b8084674f743248ee03590e6813a264c"
        + "3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8" + "a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364"
        + "eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e" + "2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e");

    public static ulong Hash(byte[] input, ulong seed) => input.Length switch
    {
        0 => Avalanche64(seed ^ U64(s_secret, 56) ^ U64(s_secret, 64)),
        <= 3 => From1To3(input, seed),
        <= 8 => From4To8(input, seed),
        <= 16 => From9To16(input, seed),
        <= 240 => From17To240(input, seed),
        _ => Large(input, seed),
    };

    private static ulong From1To3(byte[] input, ulong seed)
    {
        var length = input.Length;
        var combined = input[length - 1] + (uint)length * 0x100 + input[0] * 0x10000u + input[length / 2] * 0x1000000u;
        return Avalanche64(((U32(s_secret, 0) ^ U32(s_secret, 4)) + seed) ^ combined);
    }

    private static ulong From4To8(byte[] input, ulong seed)
    {
        var lowSeed = BitConverter.GetBytes((uint)seed);
        Array.Reverse(lowSeed);
        var modified = seed ^ ((ulong)BitConverter.ToUInt32(lowSeed) << 32);
        var value = ((U64(s_secret, 8) ^ U64(s_secret, 16)) - modified) ^ (U32(input, input.Length - 4) + (U32(input, 0) << 32));
        value = value ^ BitOperations.RotateLeft(value, 49) ^ BitOperations.RotateLeft(value, 24);
        value *= Mx2;
        value ^= (value >> 35) + (ulong)input.Length;
        value *= Mx2;
        return value ^ (value >> 28);
    }

    private static ulong From9To16(byte[] input, ulong seed)
    {
        var low = ((U64(s_secret, 24) ^ U64(s_secret, 32)) + seed) ^ U64(input, 0);
        var high = ((U64(s_secret, 40) ^ U64(s_secret, 48)) - seed) ^ U64(input, input.Length - 8);
        var swapped = BitConverter.GetBytes(low);
        Array.Reverse(swapped);
        return Avalanche((ulong)input.Length + BitConverter.ToUInt64(swapped) + high + Fold(low, high));
    }

    private static ulong From17To240(byte[] input, ulong seed)
    {
        var length = input.Length;
        var hash = (ulong)length * P64x1;
        if (length <= 128)
        {
            for (var i = (length - 1) / 32; i >= 0; i--)
                hash += Mix(input, i * 16, i * 32, seed) + Mix(input, length - i * 16 - 16, i * 32 + 16, seed);
            return Avalanche(hash);
        }

        for (var i = 0; i < 8; i++)
            hash += Mix(input, i * 16, i * 16, seed);
        hash = Avalanche(hash);
        for (var i = 8; i < length / 16; i++)
            hash += Mix(input, i * 16, (i - 8) * 16 + 3, seed);
        return Avalanche(hash + Mix(input, length - 16, 119, seed));
    }

    private static ulong Large(byte[] input, ulong seed)
    {
        var secret = (byte[])s_secret.Clone();
        for (var i = 0; i < 24; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(secret.AsSpan(i * 8), i % 2 == 0 ? U64(secret, i * 8) + seed : U64(secret, i * 8) - seed);
        ulong[] lanes = [P32x3, P64x1, P64x2, P64x3, P64x4, P32x2, P64x5, P32x1];

        var blocks = (input.Length - 1) / 1024;
        for (var block = 0; block < blocks; block++)
        {
            for (var n = 0; n < 16; n++)
                Accumulate(lanes, input, block * 1024 + n * 64, secret, n * 8);
            for (var i = 0; i < 8; i++)
                lanes[i] = (lanes[i] ^ (lanes[i] >> 47) ^ U64(secret, 128 + i * 8)) * P32x1;
        }

        for (var n = 0; n < (input.Length - blocks * 1024 - 1) / 64; n++)
            Accumulate(lanes, input, blocks * 1024 + n * 64, secret, n * 8);
        Accumulate(lanes, input, input.Length - 64, secret, 192 - 71);

        var hash = (ulong)input.Length * P64x1;
        for (var i = 0; i < 4; i++)
            hash += Fold(lanes[i * 2] ^ U64(secret, 11 + i * 16), lanes[i * 2 + 1] ^ U64(secret, 11 + i * 16 + 8));
        return Avalanche(hash);
    }

    private static void Accumulate(ulong[] lanes, byte[] input, int at, byte[] secret, int secretAt)
    {
        for (var i = 0; i < 8; i++)
        {
            var value = U64(input, at + i * 8) ^ U64(secret, secretAt + i * 8);
            lanes[i ^ 1] += U64(input, at + i * 8);
            lanes[i] += (ulong)(uint)value * (value >> 32);
        }
    }

    private static ulong Mix(byte[] input, int at, int secretAt, ulong seed) =>
        Fold(U64(input, at) ^ (U64(s_secret, secretAt) + seed), U64(input, at + 8) ^ (U64(s_secret, secretAt + 8) - seed));

    private static ulong Fold(ulong left, ulong right)
    {
        var product = (UInt128)left * right;
        return (ulong)product ^ (ulong)(product >> 64);
    }

    private static ulong Avalanche(ulong x)
    {
        x = (x ^ (x >> 37)) * Mx1;
        return x ^ (x >> 32);
    }

    private static ulong Avalanche64(ulong x)
    {
        x = (x ^ (x >> 33)) * P64x2;
        x = (x ^ (x >> 29)) * P64x3;
        return x ^ (x >> 32);
    }

    private static ulong U64(byte[] bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));

    private static ulong U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}
