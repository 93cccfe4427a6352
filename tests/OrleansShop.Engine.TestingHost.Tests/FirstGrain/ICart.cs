namespace OrleansShop.Engine.TestingHost.Tests.FirstGrain;

public interface ICart : IGrainWithStringKey
{
    Task<int> Add(string article, int count);

    Task<IReadOnlyDictionary<string, int>> Content();
}
