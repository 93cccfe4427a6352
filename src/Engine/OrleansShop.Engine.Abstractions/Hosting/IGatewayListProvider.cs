namespace Orleans.Messaging;

/// <summary>Tells a client which silos it can connect to.</summary>
public interface IGatewayListProvider
{
    /// <summary>How old the list may be.</summary>
    TimeSpan MaxStaleness { get; }

    /// <summary>Whether the list can change.</summary>
    bool IsUpdatable { get; }

    /// <summary>Runs once before the list is read.</summary>
    Task InitializeGatewayListProvider();

    /// <summary>Returns the list.</summary>
    Task<IList<Uri>> GetGateways();
}
