namespace OrleansShop.Engine.Messaging.Connections;

/// <summary>Lets one log line a minute through for each address that connections were refused from, so that a port scan does not fill the disk.</summary>
internal sealed class RefusalLog(TimeProvider time)
{
    private const int MostAddresses = 1024;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly Dictionary<string, (long LoggedAt, int Unlogged)> _seen = new(StringComparer.Ordinal);

    /// <summary>Whether to log now, and how many were kept back since the last line.</summary>
    public bool ShouldLog(string remote, out int unlogged)
    {
        // Without the port: each connection has another.
        var colon = remote.LastIndexOf(':');
        var address = colon < 0 ? remote : remote[..colon];
        lock (_gate)
        {
            unlogged = 0;
            if (_seen.TryGetValue(address, out var seen))
            {
                if (time.GetElapsedTime(seen.LoggedAt) < Interval)
                {
                    _seen[address] = seen with { Unlogged = seen.Unlogged + 1 };
                    return false;
                }

                unlogged = seen.Unlogged;
            }
            else if (_seen.Count >= MostAddresses)
            {
                _seen.Clear();
            }

            _seen[address] = (time.GetTimestamp(), 0);
            return true;
        }
    }
}
