using System.Collections.Concurrent;
using Xunit;

namespace OrleansShop.Engine.Tests.Calls;

public sealed class FilterTests
{
    [Fact]
    public async Task Incoming_filters_run_in_order_around_the_grains_own_and_the_method()
    {
        var log = new ConcurrentQueue<string>();
        await using var silo = await TestSilo.StartAsync(silo => silo
            .AddIncomingGrainCallFilter(context => Around(log, "first", context))
            .AddIncomingGrainCallFilter(context => Around(log, "second", context)));
        Assert.Equal("self(method)", await silo.Get<IFilteredGrain>(1).Method("method"));
        Assert.Equal(["first in", "second in", "second out", "first out"], log);
    }

    [Fact]
    public async Task A_filter_sees_what_is_called_and_can_change_arguments_and_result()
    {
        var seen = "";
        await using var silo = await TestSilo.StartAsync(silo => silo.AddIncomingGrainCallFilter(async context =>
        {
            seen = $"{context.InterfaceMethod.Name} {context.ImplementationMethod.DeclaringType!.Name} {context.TargetId} {context.Request.GetArgument(0)} {context.SourceId is null} {context.Grain.GetType().Name}";
            context.Request.SetArgument(0, "changed");
            await context.Invoke();
            context.Result = context.Result + "!";
        }));
        Assert.Equal("self(changed)!", await silo.Get<IFilteredGrain>(1).Method("method"));
        Assert.Equal("Method FilteredGrain filtered/1 method True FilteredGrain", seen);
    }

    [Fact]
    public async Task A_filter_sees_whether_a_call_can_be_cancelled()
    {
        var seen = new ConcurrentDictionary<string, bool>();
        await using var silo = await TestSilo.StartAsync(silo => silo.AddIncomingGrainCallFilter(context =>
        {
            seen[context.MethodName] = context.Request.IsCancellable;
            return context.Invoke();
        }));
        var grain = silo.Get<ISequenceGrain>(1);
        await using (var enumerator = grain.Forever().GetAsyncEnumerator()) await enumerator.MoveNextAsync();
        await grain.Produced();

        Assert.True(seen[nameof(ISequenceGrain.Forever)]);
        Assert.False(seen[nameof(ISequenceGrain.Produced)]);
    }

    [Fact]
    public async Task A_filter_can_handle_an_exception_or_throw_its_own()
    {
        await using var silo = await TestSilo.StartAsync(silo => silo.AddIncomingGrainCallFilter(async context =>
        {
            try
            {
                await context.Invoke();
            }
            catch (InvalidOperationException)
            {
                context.Result = "handled";
            }

            if (Equals(context.Result, "self(refuse)")) throw new UnauthorizedAccessException("no");
        }));
        var grain = silo.Get<IFilteredGrain>(1);
        Assert.Equal("handled", await grain.Method("fail"));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => grain.Method("refuse"));
        Assert.Equal("self(well)", await grain.Method("well"));
    }

    [Fact]
    public async Task A_filter_that_does_not_invoke_keeps_the_method_from_running()
    {
        await using var silo = await TestSilo.StartAsync(silo => silo.AddIncomingGrainCallFilter(context =>
        {
            context.Result = "instead";
            return Task.CompletedTask;
        }));
        Assert.Equal("instead", await silo.Get<IFilteredGrain>(1).Method("method"));
    }

    [Fact]
    public async Task Outgoing_filters_run_for_calls_of_clients_and_grains_and_may_send_again()
    {
        var log = new ConcurrentQueue<string>();
        await using var silo = await TestSilo.StartAsync(silo => silo.AddOutgoingGrainCallFilter(async context =>
        {
            log.Enqueue($"{context.SourceContext?.GrainId.ToString() ?? "client"} -> {context.TargetId} {context.MethodName}");
            try
            {
                await context.Invoke();
            }
            catch (InvalidOperationException)
            {
                context.Request.SetArgument(0, "again");
                await context.Invoke();
            }
        }));
        Assert.Equal("self(again)", await silo.Get<IFilteredGrain>(1).Method("fail"));
        Assert.Equal("self(through)", await silo.Get<IFilteredGrain>(1).Through(2, "through"));
        Assert.Equal(["client -> filtered/1 Method", "client -> filtered/1 Through", "filtered/1 -> filtered/2 Method"], log);
    }

    [Fact]
    public async Task An_outgoing_filter_can_replace_the_result_and_see_the_exception()
    {
        await using var silo = await TestSilo.StartAsync(silo => silo.AddOutgoingGrainCallFilter(async context =>
        {
            await context.Invoke();
            context.Result = $"[{context.Result}]";
        }));
        Assert.Equal("[self(method)]", await silo.Get<IFilteredGrain>(1).Method("method"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => silo.Get<IFilteredGrain>(1).Method("fail"));
    }

    [Fact]
    public async Task What_an_outgoing_filter_sets_in_the_request_context_reaches_the_grain()
    {
        await using var silo = await TestSilo.StartAsync(silo => silo.AddOutgoingGrainCallFilter(context =>
        {
            RequestContext.Set("from", "filter");
            return context.Invoke();
        }));
        Assert.Equal("filter", await silo.Get<IFilteredGrain>(1).ReadContext("from"));
        Assert.Null(RequestContext.Get("from"));
    }

    private static async Task Around(ConcurrentQueue<string> log, string name, IIncomingGrainCallContext context)
    {
        log.Enqueue($"{name} in");
        await context.Invoke();
        log.Enqueue($"{name} out");
    }
}

public interface IFilteredGrain : IGrainWithIntegerKey
{
    Task<string> Method(string value);

    Task<string> Through(long other, string value);

    Task<string?> ReadContext(string key);
}

internal sealed class FilteredGrain : Grain, IFilteredGrain, IIncomingGrainCallFilter
{
    public Task<string> Method(string value) => value == "fail" ? throw new InvalidOperationException("asked to") : Task.FromResult(value);

    public Task<string> Through(long other, string value) => GrainFactory.GetGrain<IFilteredGrain>(other).Method(value);

    public Task<string?> ReadContext(string key) => Task.FromResult((string?)RequestContext.Get(key));

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.MethodName == nameof(Method)) context.Result = $"self({context.Result})";
    }
}
