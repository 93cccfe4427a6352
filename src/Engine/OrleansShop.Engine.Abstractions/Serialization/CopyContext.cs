namespace OrleansShop.Engine.Serialization;

/// <summary>What is remembered while one graph of objects is copied, so that the copy has the shape of the original.</summary>
/// <remarks>Not thread-safe. Hot path: <see cref="Rent"/> allocates nothing when this thread has returned one before.</remarks>
public sealed class CopyContext : IDisposable
{
    [ThreadStatic]
    private static CopyContext? t_idle;

    private readonly ReferenceTable<object> _copies = new();
    private int _depth;
    private int _maxDepth;
    private bool _rented;

    private CopyContext()
    {
    }

    /// <summary>The codecs that copies are made with.</summary>
    public ICodecProvider Codecs { get; private set; } = null!;

    /// <summary>Returns an empty context, usually one that this thread used before.</summary>
    public static CopyContext Rent(ICodecProvider codecs, PayloadLimits? limits = null)
    {
        var context = t_idle ?? new CopyContext();
        t_idle = null;
        context._rented = true;
        context._depth = 0;
        context._maxDepth = (limits ?? PayloadLimits.Default).MaxDepth;
        context.Codecs = codecs;
        return context;
    }

    /// <summary>Gives the context back. It must not be used after that.</summary>
    public void Dispose()
    {
        if (!_rented) return;
        _rented = false;
        if (_copies.Count != 0) _copies.Clear();
        Codecs = null!;
        t_idle = this;
    }

    /// <summary>Finds the copy that was made of <paramref name="original"/> in this context.</summary>
    public bool TryGetCopy<T>(T original, out T? copy)
        where T : class
    {
        var found = _copies.TryGet(original, out var known);
        copy = found ? (T)known : null;
        return found;
    }

    /// <summary>Remembers a copy, before its members are copied if they can lead back to the original.</summary>
    public void Record(object original, object copy) => _copies.Add(original, copy);

    /// <summary>Remembers a copy, and goes one level deeper to copy its members. <see cref="Leave"/> comes back.</summary>
    /// <exception cref="PayloadException">Objects nest too deep.</exception>
    public void Enter(object original, object copy)
    {
        _copies.Add(original, copy);
        Enter();
    }

    /// <summary>Goes one level deeper.</summary>
    /// <exception cref="PayloadException">Objects nest too deep.</exception>
    public void Enter()
    {
        if (++_depth > _maxDepth)
        {
            throw new PayloadException(
                $"Objects nest deeper than {_maxDepth} levels. Pass a long chain as a list, or raise {nameof(PayloadLimits)}.{nameof(PayloadLimits.MaxDepth)}.");
        }
    }

    /// <summary>Comes back from a level.</summary>
    public void Leave() => _depth--;

    /// <summary>Copies any object, by its runtime type.</summary>
    public object? CopyRuntimeTyped(object? value) =>
        value is null ? null : Codecs.GetForRuntimeType(value.GetType()).CopyUntyped(value, this);

    internal T CopyRuntimeTyped<T>(T value, Codec declared)
        where T : class
    {
        var codec = Codecs.GetForRuntimeType(value.GetType());
        if (codec == declared) throw new PayloadException($"There is no codec for {value.GetType()}, only for {codec.ValueType}, which it derives from.");
        return (T)codec.CopyUntyped(value, this)!;
    }
}
