namespace Orleans;

/// <summary>Is told how a client is connected.</summary>
public interface IClusterConnectionStatusObserver
{
    /// <summary>The connection to the last silo is lost. The client looks for another by itself.</summary>
    void NotifyClusterConnectionLost();

    /// <summary>The number of silos that the client is connected to has changed.</summary>
    /// <param name="currentNumberOfGateways">The number now.</param>
    /// <param name="previousNumberOfGateways">The number before.</param>
    /// <param name="connectionRecovered">Whether there was none before, and there is one now.</param>
    void NotifyGatewayCountChanged(int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered);
}
