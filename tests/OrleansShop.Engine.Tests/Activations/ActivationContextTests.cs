using System.Collections.Concurrent;
using System.Diagnostics;
using Orleans.Diagnostics;
using Xunit;

namespace OrleansShop.Engine.Tests.Activations;

public sealed class ActivationContextTests
{
    [Fact]
    public async Task OnActivateAsync_sees_the_request_context_of_the_call_that_activates()
    {
        await using var silo = await TestSilo.StartAsync();
        RequestContext.Set("who", "me");
        Assert.Equal("me", await silo.Get<IRememberingGrain>(1).WhoActivated());
        RequestContext.Set("who", "another");
        Assert.Equal("me", await silo.Get<IRememberingGrain>(1).WhoActivated());
        RequestContext.Clear();
        Assert.Equal("nobody", await silo.Get<IRememberingGrain>(2).WhoActivated());
        Assert.Equal("nobody", await silo.Get<IRememberingGrain>(1).WhoCalls());
    }

    [Fact]
    public async Task An_activation_and_its_OnActivateAsync_are_spans_of_the_activating_calls_trace()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is ActivitySources.LifecycleActivitySourceName or ActivitySources.ApplicationGrainActivitySourceName or "activation test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("activation test");
        await using var silo = await TestSilo.StartAsync(silo => silo.AddActivityPropagation());
        ActivityTraceId trace;
        using (var root = source.StartActivity("root"))
        {
            trace = root!.TraceId;
            await silo.Get<IRememberingGrain>(3).WhoActivated();
        }

        await Eventually.Holds(() => spans.Count(span => span.TraceId == trace && span.Source.Name == ActivitySources.LifecycleActivitySourceName) == 2, "both spans have ended");
        var activate = spans.Single(span => span.TraceId == trace && span.OperationName == "activate grain");
        var execute = spans.Single(span => span.TraceId == trace && span.OperationName == "execute OnActivateAsync");
        Assert.Equal(activate.SpanId, execute.ParentSpanId);
        Assert.Equal("remembering/3", activate.GetTagItem("orleans.grain.id"));
        Assert.Equal("remembering", activate.GetTagItem("orleans.grain.type"));
        Assert.NotNull(activate.GetTagItem("orleans.silo.id"));
        Assert.NotNull(activate.GetTagItem("orleans.activation.id"));
    }
}

public interface IRememberingGrain : IGrainWithIntegerKey
{
    Task<string> WhoActivated();

    Task<string> WhoCalls();
}

internal sealed class RememberingGrain : Grain, IRememberingGrain
{
    private string _who = "";

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        _who = Caller;
    }

    private static string Caller => RequestContext.Get("who") as string ?? "nobody";

    public Task<string> WhoActivated() => Task.FromResult(_who);

    public Task<string> WhoCalls() => Task.FromResult(Caller);
}
