using Orleans.Core.Internal;
using Orleans.Runtime;
using OrleansShop.Engine.Context;
using Xunit;

namespace OrleansShop.Engine.Abstractions.Tests.Context;

public sealed class RequestContextTests
{
    [Fact]
    public void A_value_is_there_until_it_is_removed()
    {
        Assert.Null(RequestContext.Get("tenant"));
        RequestContext.Set("tenant", "a");
        RequestContext.Set("tenant", "b");
        Assert.Equal("b", RequestContext.Get("tenant"));
        Assert.Equal(["tenant"], RequestContext.Keys);
        Assert.True(RequestContext.Remove("tenant"));
        Assert.False(RequestContext.Remove("tenant"));
        Assert.Empty(RequestContext.Entries);
        Assert.Null(RequestContext.Current);
    }

    [Fact]
    public async Task Values_flow_into_awaited_code_and_its_changes_do_not_flow_back()
    {
        RequestContext.Set("tenant", "outer");
        await Inner();
        Assert.Equal("outer", RequestContext.Get("tenant"));

        static async Task Inner()
        {
            await Task.Yield();
            Assert.Equal("outer", RequestContext.Get("tenant"));
            RequestContext.Set("tenant", "inner");
            await Task.Yield();
            Assert.Equal("inner", RequestContext.Get("tenant"));
        }
    }

    [Fact]
    public async Task Branches_that_run_side_by_side_do_not_see_each_other()
    {
        RequestContext.Set("shared", 0);
        var branches = Enumerable.Range(1, 20).Select(async branch =>
        {
            RequestContext.Set("branch", branch);
            await Task.Yield();
            return (int)RequestContext.Get("branch")!;
        });
        Assert.Equal(Enumerable.Range(1, 20), await Task.WhenAll(branches));
        Assert.Null(RequestContext.Get("branch"));
    }

    [Fact]
    public void What_was_taken_for_a_call_does_not_change_afterwards()
    {
        RequestContext.Set("tenant", "a");
        var taken = RequestContext.Current!;
        RequestContext.Set("tenant", "b");
        RequestContext.Set("other", 1);
        RequestContext.Clear();
        Assert.Equal([KeyValuePair.Create<string, object>("tenant", "a")], taken);
    }

    [Fact]
    public void A_section_of_call_chain_reentrancy_is_open_until_it_is_disposed()
    {
        Assert.Equal(Guid.Empty, RequestContext.ReentrancyId);
        using (RequestContext.AllowCallChainReentrancy())
        {
            var outer = RequestContext.ReentrancyId;
            Assert.NotEqual(Guid.Empty, outer);
            Assert.Equal(outer, RequestContext.ReentrancyIdOf(RequestContext.Current));
            Assert.Empty(RequestContext.Keys);
            using (RequestContext.AllowCallChainReentrancy())
                Assert.Equal(outer, RequestContext.ReentrancyId);
            using (RequestContext.SuppressCallChainReentrancy())
                Assert.Equal(Guid.Empty, RequestContext.ReentrancyId);
            Assert.Equal(outer, RequestContext.ReentrancyId);
        }

        Assert.Equal(Guid.Empty, RequestContext.ReentrancyId);
    }

    [Fact]
    public void The_activation_is_told_of_sections_that_open_and_close_on_it()
    {
        var activation = new ReentrantActivation();
        CurrentActivation.Context = activation;
        try
        {
            using (RequestContext.AllowCallChainReentrancy())
            {
                Assert.Equal([RequestContext.ReentrancyId], activation.OpenSections);
                using (RequestContext.SuppressCallChainReentrancy())
                    Assert.Single(activation.OpenSections);
            }

            Assert.Empty(activation.OpenSections);
        }
        finally
        {
            CurrentActivation.Context = null;
        }
    }

    private sealed class ReentrantActivation : ActivationDouble, ICallChainReentrantGrainContext
    {
        public List<Guid> OpenSections { get; } = [];

        public void OnEnterReentrantSection(Guid reentrancyId) => OpenSections.Add(reentrancyId);

        public void OnExitReentrantSection(Guid reentrancyId) => OpenSections.Remove(reentrancyId);
    }
}
