namespace OrleansShop.Engine.TestingHost.Tests.FirstGrain;

[GenerateSerializer]
public sealed class CartState
{
    [Id(0)]
    public Dictionary<string, int> Articles { get; set; } = [];
}
