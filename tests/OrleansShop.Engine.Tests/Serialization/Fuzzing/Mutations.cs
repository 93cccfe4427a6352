using System.Text;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Tests.Serialization.Fuzzing;

/// <summary>Ways to damage a payload, from plain noise to what someone would write who knows the format.</summary>
internal static class Mutations
{
    private static readonly string[] s_names =
    [
        "System.IO.FileInfo", "List`1[List`1[List`1[int]]]", "Dictionary`2[object,object]", "int[][][][][][][][]", "List`1[", "]]]]", "Tuple`8[int,int,int,int,int,int,int,int]",
        "System.Diagnostics.Process", "ValueTuple`8[int,int,int,int,int,int,int,Tuple`1[int]]", "Nullable`1[string]", "\\\\\\", "", "object[,,,,,,,,,,,,]",
        typeof(Node).FullName!, typeof(Dog).FullName!, "ConcurrentDictionary`2[string,object]", "Exception", "HashSet`1[List`1[Guid]]",
    ];

    private static readonly Func<byte[], Random, byte[]>[] s_all =
    [
        (bytes, random) => bytes[..random.Next(bytes.Length + 1)],
        Flip, Flip, Overwrite, Overwrite, Splice, Duplicate, Delete, InsertHostileNumber, InsertHostileNumber, RenameType, InsertMark, WrongWireType, WrongWireType,
    ];

    /// <summary>Damages the bytes in one to three places.</summary>
    public static byte[] Apply(byte[] bytes, Random random)
    {
        for (var times = random.Next(1, 4); times > 0; times--) bytes = s_all[random.Next(s_all.Length)]((byte[])bytes.Clone(), random);
        return bytes;
    }

    private static byte[] Flip(byte[] bytes, Random random)
    {
        if (bytes.Length > 0) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    private static byte[] Overwrite(byte[] bytes, Random random)
    {
        if (bytes.Length == 0) return bytes;
        var at = random.Next(bytes.Length);
        random.NextBytes(bytes.AsSpan(at, Math.Min(random.Next(1, 9), bytes.Length - at)));
        return bytes;
    }

    private static byte[] Splice(byte[] bytes, Random random) => [.. bytes[..random.Next(bytes.Length + 1)], .. bytes[random.Next(bytes.Length + 1)..]];

    private static byte[] Duplicate(byte[] bytes, Random random)
    {
        var (from, to) = Stretch(bytes, random);
        return [.. bytes[..to], .. bytes[from..to], .. bytes[to..]];
    }

    private static byte[] Delete(byte[] bytes, Random random)
    {
        var (from, to) = Stretch(bytes, random);
        return [.. bytes[..from], .. bytes[to..]];
    }

    // Lengths, counts and reference numbers are all numbers of variable length.
    private static byte[] InsertHostileNumber(byte[] bytes, Random random)
    {
        byte[] number = random.Next(6) switch
        {
            0 => [0xFF, 0xFF, 0xFF, 0xFF, 0x07],
            1 => [0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
            2 => [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
            3 => [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80],
            4 => [(byte)(bytes.Length | 0x80), (byte)(bytes.Length >> 7 & 0x7F)],
            _ => [0],
        };
        var at = random.Next(bytes.Length + 1);
        return [.. bytes[..at], .. number, .. bytes[Math.Min(at + random.Next(2), bytes.Length)..]];
    }

    private static byte[] RenameType(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length + 1);
        var name = Encoding.UTF8.GetBytes(s_names[random.Next(s_names.Length)]);
        return [.. bytes[..at], WireMark.Type, 0, (byte)name.Length, .. name, .. bytes[at..]];
    }

    private static byte[] InsertMark(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length + 1);
        return [.. bytes[..at], (byte)random.Next(WireMark.End, 0x100), .. bytes[at..]];
    }

    private static byte[] WrongWireType(byte[] bytes, Random random)
    {
        if (bytes.Length == 0) return bytes;
        var at = random.Next(bytes.Length);
        bytes[at] = (byte)(random.Next(8) << 5 | bytes[at] & 0x1F);
        return bytes;
    }

    private static (int From, int To) Stretch(byte[] bytes, Random random)
    {
        var from = random.Next(bytes.Length + 1);
        return (from, from + random.Next(Math.Min(64, bytes.Length - from) + 1));
    }
}
