namespace OrleansShop.Strangler.Simulation.Scheduling;

/// <summary>The process in which this runs is gone: nothing of it goes on.</summary>
internal sealed class LostException : Exception;
