namespace Orleans;

/// <summary>Sees and changes calls as they arrive.</summary>
/// <param name="context">The call.</param>
public delegate Task IncomingGrainCallFilterDelegate(IIncomingGrainCallContext context);
