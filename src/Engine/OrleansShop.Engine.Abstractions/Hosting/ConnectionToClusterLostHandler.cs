namespace Orleans;

/// <summary>Is told that a client has lost the last of its silos.</summary>
/// <param name="sender">The client.</param>
/// <param name="e">Nothing.</param>
public delegate void ConnectionToClusterLostHandler(object sender, EventArgs e);
