namespace OrleansShop.Engine.Serialization.Values;

/// <summary>A codec of values that never change, so that a copy is the value itself.</summary>
internal abstract class SharedValueCodec<T> : Codec<T>
{
    public sealed override bool IsImmutable => true;

    public sealed override T Copy(T value, CopyContext context) => value;
}

internal sealed class StringCodec : SharedValueCodec<string?>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, string? value) => writer.WriteString(idDelta, value);

    public override string? ReadField(PayloadReader reader, FieldTag tag) => reader.ReadString(tag);
}

internal sealed class DecimalCodec : SharedValueCodec<decimal>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, decimal value) => writer.WriteDecimal(idDelta, value);

    public override decimal ReadField(PayloadReader reader, FieldTag tag) => reader.ReadDecimal(tag);
}

internal sealed class DateTimeCodec : SharedValueCodec<DateTime>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, DateTime value) => writer.WriteDateTime(idDelta, value);

    public override DateTime ReadField(PayloadReader reader, FieldTag tag) => reader.ReadDateTime(tag);
}

internal sealed class DateTimeOffsetCodec : SharedValueCodec<DateTimeOffset>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, DateTimeOffset value) => writer.WriteDateTimeOffset(idDelta, value);

    public override DateTimeOffset ReadField(PayloadReader reader, FieldTag tag) => reader.ReadDateTimeOffset(tag);
}

internal sealed class DateOnlyCodec : SharedValueCodec<DateOnly>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, DateOnly value) => writer.WriteDateOnly(idDelta, value);

    public override DateOnly ReadField(PayloadReader reader, FieldTag tag) => reader.ReadDateOnly(tag);
}

internal sealed class TimeOnlyCodec : SharedValueCodec<TimeOnly>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, TimeOnly value) => writer.WriteTimeOnly(idDelta, value);

    public override TimeOnly ReadField(PayloadReader reader, FieldTag tag) => reader.ReadTimeOnly(tag);
}
