using Orleans.Runtime;
using OrleansShop.Engine.Messaging.Frames;

namespace OrleansShop.Engine.Messaging.Connections;

/// <summary>What connections bring. Called by receive loops and dialers: must not wait.</summary>
internal interface IMessageHandler
{
    /// <summary>A frame came from a process that has said who it is. The bytes are valid during the call only.</summary>
    void Received(Connection connection, FrameKind kind, byte[] buffer, int offset, int length);

    /// <summary>A connection to <paramref name="connection"/>'s peer can be used.</summary>
    void Opened(Connection connection);

    /// <summary>The connection is gone.</summary>
    void Closed(Connection connection);

    /// <summary>The silo's process is gone: its endpoint refuses, or another generation answers there.</summary>
    void Gone(SiloAddress silo, string proof);
}
