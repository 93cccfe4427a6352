namespace OrleansShop.Strangler.Simulation.Scheduling;

/// <summary>No answer: whether it took effect is unknown.</summary>
internal sealed class UnavailableException(string what) : Exception($"No answer: {what}");
