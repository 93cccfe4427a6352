namespace OrleansShop.Engine.TestingHost.Tests.FirstGrain;

public sealed class Cart([PersistentState("cart", "carts")] IPersistentState<CartState> cart) : Grain, ICart
{
    public async Task<int> Add(string article, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var articles = cart.State.Articles;
        articles[article] = articles.GetValueOrDefault(article) + count;
        await cart.WriteStateAsync();
        return articles[article];
    }

    public Task<IReadOnlyDictionary<string, int>> Content() => Task.FromResult<IReadOnlyDictionary<string, int>>(cart.State.Articles);
}
