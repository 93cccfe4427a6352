namespace OrleansShop.Engine.Sqs.Streams.Receiving;

/// <summary>The last keys that were added, up to a number. Not thread-safe.</summary>
internal sealed class RecentKeys(int most)
{
    private readonly HashSet<string> _keys = [];
    private readonly Queue<string> _oldestFirst = new();

    public bool Contains(string key) => _keys.Contains(key);

    public void Add(string key)
    {
        if (most == 0 || !_keys.Add(key)) return;
        _oldestFirst.Enqueue(key);
        if (_oldestFirst.Count > most) _keys.Remove(_oldestFirst.Dequeue());
    }
}
