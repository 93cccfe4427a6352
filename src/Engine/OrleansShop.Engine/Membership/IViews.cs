using OrleansShop.Engine.Messaging.Connections;

namespace OrleansShop.Engine.Membership;

/// <summary>The views of this process, as connections bring news of them.</summary>
internal interface IViews
{
    /// <summary>The other end of a connection is at this version.</summary>
    void Noticed(long version, Connection connection);

    /// <summary>A whole view came.</summary>
    void Received(MembershipView view);

    /// <summary>A connection can be used.</summary>
    void Opened(Connection connection);

    /// <summary>A connection has ended.</summary>
    void Closed(Connection connection);
}
