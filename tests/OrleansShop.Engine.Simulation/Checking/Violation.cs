namespace OrleansShop.Engine.Simulation.Checking;

/// <summary>A promise was broken: the seed has failed.</summary>
internal sealed class Violation(string what) : Exception(what);
