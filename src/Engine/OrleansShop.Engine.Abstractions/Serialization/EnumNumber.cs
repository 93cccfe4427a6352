using System.Runtime.CompilerServices;

namespace OrleansShop.Engine.Serialization;

/// <summary>An enum's values as they stand in payloads: zig-zag if its underlying type is signed.</summary>
internal static class EnumNumber<TEnum>
    where TEnum : unmanaged, Enum
{
    private static readonly bool s_isSigned = Type.GetTypeCode(typeof(TEnum)) is TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64;

    public static ulong ToWire(TEnum value) => s_isSigned ? VarInt.ZigZag(Signed(value)) : Unsigned(value);

    /// <summary>Returns false if the number is not one of the underlying type.</summary>
    public static bool TryFromWire(ulong wire, out TEnum value)
    {
        if (s_isSigned)
        {
            var number = VarInt.UnZigZag(wire);
            value = Unsafe.As<long, TEnum>(ref number);
            return Signed(value) == number;
        }

        value = Unsafe.As<ulong, TEnum>(ref wire);
        return Unsigned(value) == wire;
    }

    private static long Signed(TEnum value) => Unsafe.SizeOf<TEnum>() switch
    {
        1 => Unsafe.BitCast<TEnum, sbyte>(value),
        2 => Unsafe.BitCast<TEnum, short>(value),
        4 => Unsafe.BitCast<TEnum, int>(value),
        _ => Unsafe.BitCast<TEnum, long>(value),
    };

    private static ulong Unsigned(TEnum value) => Unsafe.SizeOf<TEnum>() switch
    {
        1 => Unsafe.BitCast<TEnum, byte>(value),
        2 => Unsafe.BitCast<TEnum, ushort>(value),
        4 => Unsafe.BitCast<TEnum, uint>(value),
        _ => Unsafe.BitCast<TEnum, ulong>(value),
    };
}
