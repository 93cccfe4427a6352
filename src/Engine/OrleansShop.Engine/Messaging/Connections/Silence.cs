namespace OrleansShop.Engine.Messaging.Connections;

/// <summary>How long nothing has come on a connection. A pure state machine; each connection has one.</summary>
/// <param name="Frames">How many frames had come at the last look.</param>
/// <param name="Looks">How many looks in a row have found no more.</param>
internal readonly record struct Silence(int Frames, int Looks)
{
    /// <summary>A silence of so many looks is suspicious: the first of them asks, and the others wait for the answer.</summary>
    public const int SuspiciousLooks = 4;

    /// <summary>After a silence of so many looks the connection is given up for another: it may be broken without either end knowing.</summary>
    public const int HopelessLooks = 20;

    /// <summary>Whether the other end should be asked if it is there.</summary>
    public bool IsToProbe => Looks > 0;

    /// <summary>Whether new requests should wait until something comes.</summary>
    public bool IsSuspicious => Looks >= SuspiciousLooks;

    /// <summary>Whether the connection should be closed.</summary>
    public bool IsHopeless => Looks >= HopelessLooks;

    /// <summary>The next look, which finds that so many frames have come. A late look says nothing: this process paused, and answers of that time may not be read yet.</summary>
    public Silence Look(int frames, bool isLate) => frames != Frames ? new(frames, 0) : new(frames, isLate ? Math.Min(Looks, 1) : Looks + 1);
}
