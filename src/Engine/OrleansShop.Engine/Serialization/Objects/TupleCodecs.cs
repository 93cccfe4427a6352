namespace OrleansShop.Engine.Serialization.Objects;

// One class per arity: C# has no other way to say it. The n-th item is field n.

internal sealed class TupleCodec<T1> : InstanceCodec<Tuple<T1>>
{
    private Codec<T1> _t1 = null!;

    public override bool IsImmutable => _t1.SharesEveryValue;

    public override void Resolve(ICodecProvider codecs)
    {
        _t1 = codecs.Get<T1>();
    }

    protected override void WriteBody(PayloadWriter writer, Tuple<T1> value)
    {
        _t1.WriteField(writer, 1, value.Item1);
    }

    protected override Tuple<T1> ReadBody(PayloadReader reader, int slot)
    {
        T1 t1 = default!;
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case 1: t1 = _t1.ReadField(reader, tag); break;
                default: reader.Skip(tag); break;
            }
        }

        return new(t1);
    }

    protected override Tuple<T1> CopyBody(Tuple<T1> value, CopyContext context)
    {
        var copy = new Tuple<T1>(
            _t1.Copy(value.Item1, context));
        context.Record(value, copy);
        return copy;
    }
}

internal sealed class TupleCodec<T1, T2> : InstanceCodec<Tuple<T1, T2>>
{
    private Codec<T1> _t1 = null!;
    private Codec<T2> _t2 = null!;

    public override bool IsImmutable => _t1.SharesEveryValue && _t2.SharesEveryValue;

    public override void Resolve(ICodecProvider codecs)
    {
        _t1 = codecs.Get<T1>();
        _t2 = codecs.Get<T2>();
    }

    protected override void WriteBody(PayloadWriter writer, Tuple<T1, T2> value)
    {
        _t1.WriteField(writer, 1, value.Item1);
        _t2.WriteField(writer, 1, value.Item2);
    }

    protected override Tuple<T1, T2> ReadBody(PayloadReader reader, int slot)
    {
        T1 t1 = default!;
        T2 t2 = default!;
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case 1: t1 = _t1.ReadField(reader, tag); break;
                case 2: t2 = _t2.ReadField(reader, tag); break;
                default: reader.Skip(tag); break;
            }
        }

        return new(t1, t2);
    }

    protected override Tuple<T1, T2> CopyBody(Tuple<T1, T2> value, CopyContext context)
    {
        var copy = new Tuple<T1, T2>(
            _t1.Copy(value.Item1, context),
            _t2.Copy(value.Item2, context));
        context.Record(value, copy);
        return copy;
    }
}

internal sealed class TupleCodec<T1, T2, T3> : InstanceCodec<Tuple<T1, T2, T3>>
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

    protected override void WriteBody(PayloadWriter writer, Tuple<T1, T2, T3> value)
    {
        _t1.WriteField(writer, 1, value.Item1);
        _t2.WriteField(writer, 1, value.Item2);
        _t3.WriteField(writer, 1, value.Item3);
    }

    protected override Tuple<T1, T2, T3> ReadBody(PayloadReader reader, int slot)
    {
        T1 t1 = default!;
        T2 t2 = default!;
        T3 t3 = default!;
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case 1: t1 = _t1.ReadField(reader, tag); break;
                case 2: t2 = _t2.ReadField(reader, tag); break;
                case 3: t3 = _t3.ReadField(reader, tag); break;
                default: reader.Skip(tag); break;
            }
        }

        return new(t1, t2, t3);
    }

    protected override Tuple<T1, T2, T3> CopyBody(Tuple<T1, T2, T3> value, CopyContext context)
    {
        var copy = new Tuple<T1, T2, T3>(
            _t1.Copy(value.Item1, context),
            _t2.Copy(value.Item2, context),
            _t3.Copy(value.Item3, context));
        context.Record(value, copy);
        return copy;
    }
}

internal sealed class TupleCodec<T1, T2, T3, T4> : InstanceCodec<Tuple<T1, T2, T3, T4>>
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

    protected override void WriteBody(PayloadWriter writer, Tuple<T1, T2, T3, T4> value)
    {
        _t1.WriteField(writer, 1, value.Item1);
        _t2.WriteField(writer, 1, value.Item2);
        _t3.WriteField(writer, 1, value.Item3);
        _t4.WriteField(writer, 1, value.Item4);
    }

    protected override Tuple<T1, T2, T3, T4> ReadBody(PayloadReader reader, int slot)
    {
        T1 t1 = default!;
        T2 t2 = default!;
        T3 t3 = default!;
        T4 t4 = default!;
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case 1: t1 = _t1.ReadField(reader, tag); break;
                case 2: t2 = _t2.ReadField(reader, tag); break;
                case 3: t3 = _t3.ReadField(reader, tag); break;
                case 4: t4 = _t4.ReadField(reader, tag); break;
                default: reader.Skip(tag); break;
            }
        }

        return new(t1, t2, t3, t4);
    }

    protected override Tuple<T1, T2, T3, T4> CopyBody(Tuple<T1, T2, T3, T4> value, CopyContext context)
    {
        var copy = new Tuple<T1, T2, T3, T4>(
            _t1.Copy(value.Item1, context),
            _t2.Copy(value.Item2, context),
            _t3.Copy(value.Item3, context),
            _t4.Copy(value.Item4, context));
        context.Record(value, copy);
        return copy;
    }
}

internal sealed class TupleCodec<T1, T2, T3, T4, T5> : InstanceCodec<Tuple<T1, T2, T3, T4, T5>>
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

    protected override void WriteBody(PayloadWriter writer, Tuple<T1, T2, T3, T4, T5> value)
    {
        _t1.WriteField(writer, 1, value.Item1);
        _t2.WriteField(writer, 1, value.Item2);
        _t3.WriteField(writer, 1, value.Item3);
        _t4.WriteField(writer, 1, value.Item4);
        _t5.WriteField(writer, 1, value.Item5);
    }

    protected override Tuple<T1, T2, T3, T4, T5> ReadBody(PayloadReader reader, int slot)
    {
        T1 t1 = default!;
        T2 t2 = default!;
        T3 t3 = default!;
        T4 t4 = default!;
        T5 t5 = default!;
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case 1: t1 = _t1.ReadField(reader, tag); break;
                case 2: t2 = _t2.ReadField(reader, tag); break;
                case 3: t3 = _t3.ReadField(reader, tag); break;
                case 4: t4 = _t4.ReadField(reader, tag); break;
                case 5: t5 = _t5.ReadField(reader, tag); break;
                default: reader.Skip(tag); break;
            }
        }

        return new(t1, t2, t3, t4, t5);
    }

    protected override Tuple<T1, T2, T3, T4, T5> CopyBody(Tuple<T1, T2, T3, T4, T5> value, CopyContext context)
    {
        var copy = new Tuple<T1, T2, T3, T4, T5>(
            _t1.Copy(value.Item1, context),
            _t2.Copy(value.Item2, context),
            _t3.Copy(value.Item3, context),
            _t4.Copy(value.Item4, context),
            _t5.Copy(value.Item5, context));
        context.Record(value, copy);
        return copy;
    }
}

internal sealed class TupleCodec<T1, T2, T3, T4, T5, T6> : InstanceCodec<Tuple<T1, T2, T3, T4, T5, T6>>
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

    protected override void WriteBody(PayloadWriter writer, Tuple<T1, T2, T3, T4, T5, T6> value)
    {
        _t1.WriteField(writer, 1, value.Item1);
        _t2.WriteField(writer, 1, value.Item2);
        _t3.WriteField(writer, 1, value.Item3);
        _t4.WriteField(writer, 1, value.Item4);
        _t5.WriteField(writer, 1, value.Item5);
        _t6.WriteField(writer, 1, value.Item6);
    }

    protected override Tuple<T1, T2, T3, T4, T5, T6> ReadBody(PayloadReader reader, int slot)
    {
        T1 t1 = default!;
        T2 t2 = default!;
        T3 t3 = default!;
        T4 t4 = default!;
        T5 t5 = default!;
        T6 t6 = default!;
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case 1: t1 = _t1.ReadField(reader, tag); break;
                case 2: t2 = _t2.ReadField(reader, tag); break;
                case 3: t3 = _t3.ReadField(reader, tag); break;
                case 4: t4 = _t4.ReadField(reader, tag); break;
                case 5: t5 = _t5.ReadField(reader, tag); break;
                case 6: t6 = _t6.ReadField(reader, tag); break;
                default: reader.Skip(tag); break;
            }
        }

        return new(t1, t2, t3, t4, t5, t6);
    }

    protected override Tuple<T1, T2, T3, T4, T5, T6> CopyBody(Tuple<T1, T2, T3, T4, T5, T6> value, CopyContext context)
    {
        var copy = new Tuple<T1, T2, T3, T4, T5, T6>(
            _t1.Copy(value.Item1, context),
            _t2.Copy(value.Item2, context),
            _t3.Copy(value.Item3, context),
            _t4.Copy(value.Item4, context),
            _t5.Copy(value.Item5, context),
            _t6.Copy(value.Item6, context));
        context.Record(value, copy);
        return copy;
    }
}

internal sealed class TupleCodec<T1, T2, T3, T4, T5, T6, T7> : InstanceCodec<Tuple<T1, T2, T3, T4, T5, T6, T7>>
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

    protected override void WriteBody(PayloadWriter writer, Tuple<T1, T2, T3, T4, T5, T6, T7> value)
    {
        _t1.WriteField(writer, 1, value.Item1);
        _t2.WriteField(writer, 1, value.Item2);
        _t3.WriteField(writer, 1, value.Item3);
        _t4.WriteField(writer, 1, value.Item4);
        _t5.WriteField(writer, 1, value.Item5);
        _t6.WriteField(writer, 1, value.Item6);
        _t7.WriteField(writer, 1, value.Item7);
    }

    protected override Tuple<T1, T2, T3, T4, T5, T6, T7> ReadBody(PayloadReader reader, int slot)
    {
        T1 t1 = default!;
        T2 t2 = default!;
        T3 t3 = default!;
        T4 t4 = default!;
        T5 t5 = default!;
        T6 t6 = default!;
        T7 t7 = default!;
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case 1: t1 = _t1.ReadField(reader, tag); break;
                case 2: t2 = _t2.ReadField(reader, tag); break;
                case 3: t3 = _t3.ReadField(reader, tag); break;
                case 4: t4 = _t4.ReadField(reader, tag); break;
                case 5: t5 = _t5.ReadField(reader, tag); break;
                case 6: t6 = _t6.ReadField(reader, tag); break;
                case 7: t7 = _t7.ReadField(reader, tag); break;
                default: reader.Skip(tag); break;
            }
        }

        return new(t1, t2, t3, t4, t5, t6, t7);
    }

    protected override Tuple<T1, T2, T3, T4, T5, T6, T7> CopyBody(Tuple<T1, T2, T3, T4, T5, T6, T7> value, CopyContext context)
    {
        var copy = new Tuple<T1, T2, T3, T4, T5, T6, T7>(
            _t1.Copy(value.Item1, context),
            _t2.Copy(value.Item2, context),
            _t3.Copy(value.Item3, context),
            _t4.Copy(value.Item4, context),
            _t5.Copy(value.Item5, context),
            _t6.Copy(value.Item6, context),
            _t7.Copy(value.Item7, context));
        context.Record(value, copy);
        return copy;
    }
}

internal sealed class TupleCodec<T1, T2, T3, T4, T5, T6, T7, TRest> : InstanceCodec<Tuple<T1, T2, T3, T4, T5, T6, T7, TRest>>
    where TRest : notnull
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

    protected override void WriteBody(PayloadWriter writer, Tuple<T1, T2, T3, T4, T5, T6, T7, TRest> value)
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

    protected override Tuple<T1, T2, T3, T4, T5, T6, T7, TRest> ReadBody(PayloadReader reader, int slot)
    {
        T1 t1 = default!;
        T2 t2 = default!;
        T3 t3 = default!;
        T4 t4 = default!;
        T5 t5 = default!;
        T6 t6 = default!;
        T7 t7 = default!;
        TRest trest = default!;
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case 1: t1 = _t1.ReadField(reader, tag); break;
                case 2: t2 = _t2.ReadField(reader, tag); break;
                case 3: t3 = _t3.ReadField(reader, tag); break;
                case 4: t4 = _t4.ReadField(reader, tag); break;
                case 5: t5 = _t5.ReadField(reader, tag); break;
                case 6: t6 = _t6.ReadField(reader, tag); break;
                case 7: t7 = _t7.ReadField(reader, tag); break;
                case 8: trest = _trest.ReadField(reader, tag); break;
                default: reader.Skip(tag); break;
            }
        }

        return trest is null ? throw reader.Fault("a tuple lacks the items from the eighth on") : new(t1, t2, t3, t4, t5, t6, t7, trest);
    }

    protected override Tuple<T1, T2, T3, T4, T5, T6, T7, TRest> CopyBody(Tuple<T1, T2, T3, T4, T5, T6, T7, TRest> value, CopyContext context)
    {
        var copy = new Tuple<T1, T2, T3, T4, T5, T6, T7, TRest>(
            _t1.Copy(value.Item1, context),
            _t2.Copy(value.Item2, context),
            _t3.Copy(value.Item3, context),
            _t4.Copy(value.Item4, context),
            _t5.Copy(value.Item5, context),
            _t6.Copy(value.Item6, context),
            _t7.Copy(value.Item7, context),
            _trest.Copy(value.Rest, context));
        context.Record(value, copy);
        return copy;
    }
}
