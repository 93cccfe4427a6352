namespace Orleans;

/// <summary>How many silos a client is connected to.</summary>
/// <param name="currentNumberOfConnectedGateways">How many now.</param>
/// <param name="previousNumberOfConnectedGateways">How many before.</param>
public class GatewayCountChangedEventArgs(int currentNumberOfConnectedGateways, int previousNumberOfConnectedGateways) : EventArgs
{
    /// <summary>How many now.</summary>
    public int NumberOfConnectedGateways { get; } = currentNumberOfConnectedGateways;

    /// <summary>How many before.</summary>
    public int PreviousNumberOfConnectedGateways { get; } = previousNumberOfConnectedGateways;

    /// <summary>Whether these are the first silos after there were none.</summary>
    public bool ConnectionRecovered => PreviousNumberOfConnectedGateways <= 0 && NumberOfConnectedGateways > 0;
}
