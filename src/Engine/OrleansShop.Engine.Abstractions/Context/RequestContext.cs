using System.Security.Cryptography;

namespace Orleans.Runtime;

/// <summary>Values that travel with calls: from the caller to the grain and on to whom that calls, never back.</summary>
/// <remarks>
/// Flows with asynchronous control flow. Each change makes a new dictionary, so what one branch of execution sets is not
/// seen by another. Reading in a process that has never set a value is one static read.
/// </remarks>
public static partial class RequestContext
{
    // Travels with the values, so that the wire has one thing to carry.
    private const string ReentrancyKey = "orleansshop.reentrancy";

    private static readonly AsyncLocal<Dictionary<string, object>?> s_current = new();

    // Set once and never reset. Whoever has values has seen it being set, so a stale false only means "nothing here".
    private static bool s_everSet;

    /// <summary>The keys.</summary>
    public static IEnumerable<string> Keys => Entries.Select(entry => entry.Key);

    /// <summary>Keys and values.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => Current?.Where(entry => entry.Key != ReentrancyKey) ?? [];

    /// <summary>The chain of calls that activations with an open section let back in; an empty Guid for none.</summary>
    public static Guid ReentrancyId
    {
        get => ReentrancyIdOf(Current);
        set
        {
            if (value == Guid.Empty)
                Remove(ReentrancyKey);
            else
                Set(ReentrancyKey, value);
        }
    }

    /// <summary>
    /// What flows with the next call; null for nothing, never empty. Never changed once it is here: the engine takes it as it is when it
    /// sends a call, and sets it when it starts one.
    /// </summary>
    internal static Dictionary<string, object>? Current
    {
        get => s_everSet ? s_current.Value : null;
        set
        {
            if (value is null && !s_everSet)
                return;
            s_everSet = true;
            s_current.Value = value;
        }
    }

    /// <summary>Returns the value under a key; null if there is none.</summary>
    public static object? Get(string key) => Current is { } values && values.TryGetValue(key, out var value) ? value : null;

    /// <summary>Sets the value under a key, from here on. The value must be serializable and not change any more.</summary>
    public static void Set(string key, object value)
    {
        ArgumentNullException.ThrowIfNull(key);
        var current = Current;
        Current = current is null ? new() { [key] = value } : new(current) { [key] = value };
    }

    /// <summary>Removes the value under a key; false if there was none.</summary>
    public static bool Remove(string key)
    {
        if (Current is not { } current || !current.ContainsKey(key))
            return false;
        var values = new Dictionary<string, object>(current);
        values.Remove(key);
        Current = values.Count > 0 ? values : null;
        return true;
    }

    /// <summary>Removes everything.</summary>
    public static void Clear() => Current = null;

    /// <summary>Until the result is disposed, calls that come back to this grain along the chain that starts here are let in at once.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var original = ReentrancyId;
        return new ReentrancySection(original, original == Guid.Empty ? NewReentrancyId() : original);
    }

    /// <summary>Until the result is disposed, calls that come back along this chain wait for their turn.</summary>
    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

    /// <summary>The chain that a call with these values belongs to; an empty Guid for none.</summary>
    internal static Guid ReentrancyIdOf(Dictionary<string, object>? values) =>
        values is not null && values.TryGetValue(ReentrancyKey, out var id) && id is Guid chain ? chain : Guid.Empty;

    private static Guid NewReentrancyId()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return new Guid(bytes);
    }
}
