namespace OrleansShop.Engine.Serialization.Objects;

// One class per arity: C# has no other way to say it. The n-th item is field n.

internal sealed class ValueTupleCodec<T1> : ValueCodec<ValueTuple<T1>>
{
    private Codec<T1> _t1 = null!;

    public override bool IsImmutable => _t1.SharesEveryValue;

    public override void Resolve(ICodecProvider codecs)
    {
        _t1 = codecs.Get<T1>();
    }

    public override void WriteFields(PayloadWriter writer, in ValueTuple<T1> value)
    {
        _t1.WriteField(writer, 1, value.Item1);
    }

    public override void ReadFields(PayloadReader reader, ref ValueTuple<T1> value)
    {
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case 1: value.Item1 = _t1.ReadField(reader, tag); break;
                default: reader.Skip(tag); break;
            }
        }
    }

    public override void CopyFields(ref ValueTuple<T1> value, CopyContext context)
    {
        value.Item1 = _t1.Copy(value.Item1, context);
    }
}

internal sealed class ValueTupleCodec<T1, T2> : ValueCodec<ValueTuple<T1, T2>>
{
    private Codec<T1> _t1 = null!;
    private Codec<T2> _t2 = null!;

    public override bool IsImmutable => _t1.SharesEveryValue && _t2.SharesEveryValue;

    public override void Resolve(ICodecProvider codecs)
    {
        _t1 = codecs.Get<T1>();
        _t2 = codecs.Get<T2>();
    }

    public override void WriteFields(PayloadWriter writer, in ValueTuple<T1, T2> value)
    {
        _t1.WriteField(writer, 1, value.Item1);
        _t2.WriteField(writer, 1, value.Item2);
    }

    public override void ReadFields(PayloadReader reader, ref ValueTuple<T1, T2> value)
    {
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case 1: value.Item1 = _t1.ReadField(reader, tag); break;
                case 2: value.Item2 = _t2.ReadField(reader, tag); break;
                default: reader.Skip(tag); break;
            }
        }
    }

    public override void CopyFields(ref ValueTuple<T1, T2> value, CopyContext context)
    {
        value.Item1 = _t1.Copy(value.Item1, context);
        value.Item2 = _t2.Copy(value.Item2, context);
    }
}

internal sealed class ValueTupleCodec<T1, T2, T3> : ValueCodec<ValueTuple<T1, T2, T3>>
{
    private Codec<T1> _t1 = null!;
    private Codec<T2> _t2 = null!;
    private Codec<T3> _t3 = null!;

    public override bool IsImmutable => _t1.SharesEveryValue && _t2.SharesEveryValue && _t3.SharesEveryValue;

    public override void Resolve(ICodecProvider codecs)
    {
        _t1 = codecs.Get<T1>();
        _t2 = codecs.Get<T2>();
        _t3 = codecs.Get<T3>();
    }

    public override void WriteFields(PayloadWriter writer, in ValueTuple<T1, T2, T3> value)
    {
        _t1.WriteField(writer, 1, value.Item1);
        _t2.WriteField(writer, 1, value.Item2);
        _t3.WriteField(writer, 1, value.Item3);
    }

    public override void ReadFields(PayloadReader reader, ref ValueTuple<T1, T2, T3> value)
    {
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case 1: value.Item1 = _t1.ReadField(reader, tag); break;
                case 2: value.Item2 = _t2.ReadField(reader, tag); break;
                case 3: value.Item3 = _t3.ReadField(reader, tag); break;
                default: reader.Skip(tag); break;
            }
        }
    }

    public override void CopyFields(ref ValueTuple<T1, T2, T3> value, CopyContext context)
    {
        value.Item1 = _t1.Copy(value.Item1, context);
        value.Item2 = _t2.Copy(value.Item2, context);
        value.Item3 = _t3.Copy(value.Item3, context);
    }
}

internal sealed class ValueTupleCodec<T1, T2, T3, T4> : ValueCodec<ValueTuple<T1, T2, T3, T4>>
{
    private Codec<T1> _t1 = null!;
    private Codec<T2> _t2 = null!;
    private Codec<T3> _t3 = null!;
    private Codec<T4> _t4 = null!;

    public override bool IsImmutable => _t1.SharesEveryValue && _t2.SharesEveryValue && _t3.SharesEveryValue && _t4.SharesEveryValue;

    public override void Resolve(ICodecProvider codecs)
    {
        _t1 = codecs.Get<T1>();
        _t2 = codecs.Get<T2>();
        _t3 = codecs.Get<T3>();
        _t4 = codecs.Get<T4>();
    }

    public override void WriteFields(PayloadWriter writer, in ValueTuple<T1, T2, T3, T4> value)
    {
        _t1.WriteField(writer, 1, value.Item1);
        _t2.WriteField(writer, 1, value.Item2);
        _t3.WriteField(writer, 1, value.Item3);
        _t4.WriteField(writer, 1, value.Item4);
    }

    public override void ReadFields(PayloadReader reader, ref ValueTuple<T1, T2, T3, T4> value)
    {
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case 1: value.Item1 = _t1.ReadField(reader, tag); break;
                case 2: value.Item2 = _t2.ReadField(reader, tag); break;
                case 3: value.Item3 = _t3.ReadField(reader, tag); break;
                case 4: value.Item4 = _t4.ReadField(reader, tag); break;
                default: reader.Skip(tag); break;
            }
        }
    }

    public override void CopyFields(ref ValueTuple<T1, T2, T3, T4> value, CopyContext context)
    {
        value.Item1 = _t1.Copy(value.Item1, context);
        value.Item2 = _t2.Copy(value.Item2, context);
        value.Item3 = _t3.Copy(value.Item3, context);
        value.Item4 = _t4.Copy(value.Item4, context);
    }
}

internal sealed class ValueTupleCodec<T1, T2, T3, T4, T5> : ValueCodec<ValueTuple<T1, T2, T3, T4, T5>>
{
    private Codec<T1> _t1 = null!;
    private Codec<T2> _t2 = null!;
    private Codec<T3> _t3 = null!;
    private Codec<T4> _t4 = null!;
    private Codec<T5> _t5 = null!;

    public override bool IsImmutable => _t1.SharesEveryValue && _t2.SharesEveryValue && _t3.SharesEveryValue && _t4.SharesEveryValue && _t5.SharesEveryValue;

    public override void Resolve(ICodecProvider codecs)
    {
        _t1 = codecs.Get<T1>();
        _t2 = codecs.Get<T2>();
        _t3 = codecs.Get<T3>();
        _t4 = codecs.Get<T4>();
        _t5 = codecs.Get<T5>();
    }

    public override void WriteFields(PayloadWriter writer, in ValueTuple<T1, T2, T3, T4, T5> value)
    {
        _t1.WriteField(writer, 1, value.Item1);
        _t2.WriteField(writer, 1, value.Item2);
        _t3.WriteField(writer, 1, value.Item3);
        _t4.WriteField(writer, 1, value.Item4);
        _t5.WriteField(writer, 1, value.Item5);
    }

    public override void ReadFields(PayloadReader reader, ref ValueTuple<T1, T2, T3, T4, T5> value)
    {
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case 1: value.Item1 = _t1.ReadField(reader, tag); break;
                case 2: value.Item2 = _t2.ReadField(reader, tag); break;
                case 3: value.Item3 = _t3.ReadField(reader, tag); break;
                case 4: value.Item4 = _t4.ReadField(reader, tag); break;
                case 5: value.Item5 = _t5.ReadField(reader, tag); break;
                default: reader.Skip(tag); break;
            }
        }
    }

    public override void CopyFields(ref ValueTuple<T1, T2, T3, T4, T5> value, CopyContext context)
    {
        value.Item1 = _t1.Copy(value.Item1, context);
        value.Item2 = _t2.Copy(value.Item2, context);
        value.Item3 = _t3.Copy(value.Item3, context);
        value.Item4 = _t4.Copy(value.Item4, context);
        value.Item5 = _t5.Copy(value.Item5, context);
    }
}

internal sealed class ValueTupleCodec<T1, T2, T3, T4, T5, T6> : ValueCodec<ValueTuple<T1, T2, T3, T4, T5, T6>>
{
    private Codec<T1> _t1 = null!;
    private Codec<T2> _t2 = null!;
    private Codec<T3> _t3 = null!;
    private Codec<T4> _t4 = null!;
    private Codec<T5> _t5 = null!;
    private Codec<T6> _t6 = null!;

    public override bool IsImmutable =>
        _t1.SharesEveryValue
        && _t2.SharesEveryValue
        && _t3.SharesEveryValue
        && _t4.SharesEveryValue
        && _t5.SharesEveryValue
        && _t6.SharesEveryValue;

    public override void Resolve(ICodecProvider codecs)
    {
        _t1 = codecs.Get<T1>();
        _t2 = codecs.Get<T2>();
        _t3 = codecs.Get<T3>();
        _t4 = codecs.Get<T4>();
        _t5 = codecs.Get<T5>();
        _t6 = codecs.Get<T6>();
    }

    public override void WriteFields(PayloadWriter writer, in ValueTuple<T1, T2, T3, T4, T5, T6> value)
    {
        _t1.WriteField(writer, 1, value.Item1);
        _t2.WriteField(writer, 1, value.Item2);
        _t3.WriteField(writer, 1, value.Item3);
        _t4.WriteField(writer, 1, value.Item4);
        _t5.WriteField(writer, 1, value.Item5);
        _t6.WriteField(writer, 1, value.Item6);
    }

    public override void ReadFields(PayloadReader reader, ref ValueTuple<T1, T2, T3, T4, T5, T6> value)
    {
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case 1: value.Item1 = _t1.ReadField(reader, tag); break;
                case 2: value.Item2 = _t2.ReadField(reader, tag); break;
                case 3: value.Item3 = _t3.ReadField(reader, tag); break;
                case 4: value.Item4 = _t4.ReadField(reader, tag); break;
                case 5: value.Item5 = _t5.ReadField(reader, tag); break;
                case 6: value.Item6 = _t6.ReadField(reader, tag); break;
                default: reader.Skip(tag); break;
            }
        }
    }

    public override void CopyFields(ref ValueTuple<T1, T2, T3, T4, T5, T6> value, CopyContext context)
    {
        value.Item1 = _t1.Copy(value.Item1, context);
        value.Item2 = _t2.Copy(value.Item2, context);
        value.Item3 = _t3.Copy(value.Item3, context);
        value.Item4 = _t4.Copy(value.Item4, context);
        value.Item5 = _t5.Copy(value.Item5, context);
        value.Item6 = _t6.Copy(value.Item6, context);
    }
}

internal sealed class ValueTupleCodec<T1, T2, T3, T4, T5, T6, T7> : ValueCodec<ValueTuple<T1, T2, T3, T4, T5, T6, T7>>
{
    private Codec<T1> _t1 = null!;
    private Codec<T2> _t2 = null!;
    private Codec<T3> _t3 = null!;
    private Codec<T4> _t4 = null!;
    private Codec<T5> _t5 = null!;
    private Codec<T6> _t6 = null!;
    private Codec<T7> _t7 = null!;

    public override bool IsImmutable =>
        _t1.SharesEveryValue
        && _t2.SharesEveryValue
        && _t3.SharesEveryValue
        && _t4.SharesEveryValue
        && _t5.SharesEveryValue
        && _t6.SharesEveryValue
        && _t7.SharesEveryValue;

    public override void Resolve(ICodecProvider codecs)
    {
        _t1 = codecs.Get<T1>();
        _t2 = codecs.Get<T2>();
        _t3 = codecs.Get<T3>();
        _t4 = codecs.Get<T4>();
        _t5 = codecs.Get<T5>();
        _t6 = codecs.Get<T6>();
        _t7 = codecs.Get<T7>();
    }

    public override void WriteFields(PayloadWriter writer, in ValueTuple<T1, T2, T3, T4, T5, T6, T7> value)
    {
        _t1.WriteField(writer, 1, value.Item1);
        _t2.WriteField(writer, 1, value.Item2);
        _t3.WriteField(writer, 1, value.Item3);
        _t4.WriteField(writer, 1, value.Item4);
        _t5.WriteField(writer, 1, value.Item5);
        _t6.WriteField(writer, 1, value.Item6);
        _t7.WriteField(writer, 1, value.Item7);
    }

    public override void ReadFields(PayloadReader reader, ref ValueTuple<T1, T2, T3, T4, T5, T6, T7> value)
    {
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case 1: value.Item1 = _t1.ReadField(reader, tag); break;
                case 2: value.Item2 = _t2.ReadField(reader, tag); break;
                case 3: value.Item3 = _t3.ReadField(reader, tag); break;
                case 4: value.Item4 = _t4.ReadField(reader, tag); break;
                case 5: value.Item5 = _t5.ReadField(reader, tag); break;
                case 6: value.Item6 = _t6.ReadField(reader, tag); break;
                case 7: value.Item7 = _t7.ReadField(reader, tag); break;
                default: reader.Skip(tag); break;
            }
        }
    }

    public override void CopyFields(ref ValueTuple<T1, T2, T3, T4, T5, T6, T7> value, CopyContext context)
    {
        value.Item1 = _t1.Copy(value.Item1, context);
        value.Item2 = _t2.Copy(value.Item2, context);
        value.Item3 = _t3.Copy(value.Item3, context);
        value.Item4 = _t4.Copy(value.Item4, context);
        value.Item5 = _t5.Copy(value.Item5, context);
        value.Item6 = _t6.Copy(value.Item6, context);
        value.Item7 = _t7.Copy(value.Item7, context);
    }
}

internal sealed class ValueTupleCodec<T1, T2, T3, T4, T5, T6, T7, TRest> : ValueCodec<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>
    where TRest : struct
{
    private Codec<T1> _t1 = null!;
    private Codec<T2> _t2 = null!;
    private Codec<T3> _t3 = null!;
    private Codec<T4> _t4 = null!;
    private Codec<T5> _t5 = null!;
    private Codec<T6> _t6 = null!;
    private Codec<T7> _t7 = null!;
    private Codec<TRest> _trest = null!;

    public override bool IsImmutable =>
        _t1.SharesEveryValue
        && _t2.SharesEveryValue
        && _t3.SharesEveryValue
        && _t4.SharesEveryValue
        && _t5.SharesEveryValue
        && _t6.SharesEveryValue
        && _t7.SharesEveryValue
        && _trest.SharesEveryValue;

    public override void Resolve(ICodecProvider codecs)
    {
        _t1 = codecs.Get<T1>();
        _t2 = codecs.Get<T2>();
        _t3 = codecs.Get<T3>();
        _t4 = codecs.Get<T4>();
        _t5 = codecs.Get<T5>();
        _t6 = codecs.Get<T6>();
        _t7 = codecs.Get<T7>();
        _trest = codecs.Get<TRest>();
    }

    public override void WriteFields(PayloadWriter writer, in ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> value)
    {
        _t1.WriteField(writer, 1, value.Item1);
        _t2.WriteField(writer, 1, value.Item2);
        _t3.WriteField(writer, 1, value.Item3);
        _t4.WriteField(writer, 1, value.Item4);
        _t5.WriteField(writer, 1, value.Item5);
        _t6.WriteField(writer, 1, value.Item6);
        _t7.WriteField(writer, 1, value.Item7);
        _trest.WriteField(writer, 1, value.Rest);
    }

    public override void ReadFields(PayloadReader reader, ref ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> value)
    {
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case 1: value.Item1 = _t1.ReadField(reader, tag); break;
                case 2: value.Item2 = _t2.ReadField(reader, tag); break;
                case 3: value.Item3 = _t3.ReadField(reader, tag); break;
                case 4: value.Item4 = _t4.ReadField(reader, tag); break;
                case 5: value.Item5 = _t5.ReadField(reader, tag); break;
                case 6: value.Item6 = _t6.ReadField(reader, tag); break;
                case 7: value.Item7 = _t7.ReadField(reader, tag); break;
                case 8: value.Rest = _trest.ReadField(reader, tag); break;
                default: reader.Skip(tag); break;
            }
        }
    }

    public override void CopyFields(ref ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> value, CopyContext context)
    {
        value.Item1 = _t1.Copy(value.Item1, context);
        value.Item2 = _t2.Copy(value.Item2, context);
        value.Item3 = _t3.Copy(value.Item3, context);
        value.Item4 = _t4.Copy(value.Item4, context);
        value.Item5 = _t5.Copy(value.Item5, context);
        value.Item6 = _t6.Copy(value.Item6, context);
        value.Item7 = _t7.Copy(value.Item7, context);
        value.Rest = _trest.Copy(value.Rest, context);
    }
}
