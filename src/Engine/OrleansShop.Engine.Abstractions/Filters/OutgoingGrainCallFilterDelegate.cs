namespace Orleans;

/// <summary>Sees and changes calls as they are sent.</summary>
/// <param name="context">The call.</param>
public delegate Task OutgoingGrainCallFilterDelegate(IOutgoingGrainCallContext context);
