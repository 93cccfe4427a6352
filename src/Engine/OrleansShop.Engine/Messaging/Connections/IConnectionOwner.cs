using OrleansShop.Engine.Messaging.Frames;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Messaging.Connections;

/// <summary>What happens on connections goes here. Called by receive loops: must not wait.</summary>
internal interface IConnectionOwner
{
    /// <summary>The codecs of this process.</summary>
    ICodecProvider Codecs { get; }

    /// <summary>The other end said who it is. Throws to refuse it.</summary>
    void Greeted(Connection connection, Hello hello);

    /// <summary>The hellos are done: frames may be sent.</summary>
    void Opened(Connection connection);

    /// <summary>A frame came after the hello. The bytes, without the kind, are valid during the call only.</summary>
    void Received(Connection connection, FrameKind kind, byte[] buffer, int offset, int length);

    /// <summary>Something came on a connection that was suspected.</summary>
    void Cleared(Connection connection);

    /// <summary>The connection is gone.</summary>
    void Closed(Connection connection, Exception? cause);
}
