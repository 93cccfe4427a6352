namespace OrleansShop.Engine.Processes.Tests.Grains;

/// <summary>A grain that says where it is.</summary>
public interface IPlacedGrain : IGrainWithStringKey
{
    Task<int> ProcessId();
}
