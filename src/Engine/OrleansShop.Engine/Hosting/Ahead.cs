namespace OrleansShop.Engine.Hosting;

/// <summary>
/// A value that a start needs later: it is made on another thread from now on, while this one goes on. For what takes milliseconds and depends on nothing
/// that is still to come.
/// </summary>
internal sealed class Ahead<T>
{
    private readonly Lazy<T> _value;

    /// <param name="make">Makes the value, once. May run on the thread that asks for it.</param>
    public Ahead(Func<T> make)
    {
        _value = new Lazy<T>(make);
        ThreadPool.UnsafeQueueUserWorkItem(static ahead => ahead.Begin(), this, preferLocal: false);
    }

    /// <summary>The value. Waits while it is being made, and makes it if that has not begun. Throws what making it threw, each time.</summary>
    public T Value => _value.Value;

    private void Begin()
    {
        try
        {
            _ = _value.Value;
        }
#pragma warning disable CA1031 // It is kept with the value, and thrown to whoever asks for that.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
