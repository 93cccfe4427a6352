namespace Orleans;

/// <summary>Is told that a client is connected to more or fewer silos.</summary>
/// <param name="sender">The client.</param>
/// <param name="e">How many.</param>
public delegate void GatewayCountChangedHandler(object sender, GatewayCountChangedEventArgs e);
