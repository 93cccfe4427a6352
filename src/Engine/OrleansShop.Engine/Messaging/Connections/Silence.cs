namespace OrleansShop.Engine.Messaging.Connections;

/// <summary>How long nothing has come on a connection. A pure state machine; each connection has one.</summary>
/// <param name="Frames">How many frames had come at the last look.</param>
/// <param name="Looks">How many looks in a row have found no more.</param>
internal readonly record struct Silence(int Frames, int Looks)
{
    /// <summary>After a silence of so many looks the other end is asked whether it is there.</summary>
    public const int LooksBeforeProbe = 3;

    /// <summary>A silence of so many looks is suspicious: the answer to the first question should have come.</summary>
    public const int SuspiciousLooks = 8;

    /// <summary>After a silence of so many looks the connection is given up for another: it may be broken without either end knowing.</summary>
    public const int HopelessLooks = 20;

    /// <summary>Whether the other end should be asked if it is there.</summary>
    public bool IsToProbe => Looks >= LooksBeforeProbe;

    /// <summary>Whether new requests should wait until something comes.</summary>
    public bool IsSuspicious => Looks >= SuspiciousLooks;

    /// <summary>Whether the connection should be closed.</summary>
    public bool IsHopeless => Looks >= HopelessLooks;

    /// <summary>The next look, which finds that so many frames have come. A late look says nothing: this process paused, and answers of that time may not be read yet.</summary>
    public Silence Look(int frames, bool isLate) => frames != Frames ? new(frames, 0) : new(frames, isLate ? Math.Min(Looks, LooksBeforeProbe) : Looks + 1);
}
