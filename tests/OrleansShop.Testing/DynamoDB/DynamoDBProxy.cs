using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OrleansShop.Testing.DynamoDB;

/// <summary>Stands between a client and DynamoDB, counts calls, and does to them what networks and DynamoDB do now and then.</summary>
public sealed class DynamoDBProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Fault>> _planned = new();
    private readonly ConcurrentDictionary<string, Fault> _lasting = new();
    private readonly ConcurrentDictionary<string, int> _calls = new();
    private readonly TimeSpan _delay = TimeSpan.FromSeconds(2);
    private int _happened;

    private DynamoDBProxy(WebApplication app) => _app = app;

    private enum Fault
    {
        LoseAnswer,
        Throttle,
        Fail,
        Refuse,
        Delay,
    }

    /// <summary>How many faults have happened.</summary>
    public int Happened => Volatile.Read(ref _happened);

    /// <summary>How many calls of each operation have come, those with faults included.</summary>
    public IReadOnlyDictionary<string, int> Calls => new Dictionary<string, int>(_calls);

    public string Endpoint => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<DynamoDBProxy> StartAsync(string endpoint)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var proxy = new DynamoDBProxy(builder.Build());
        proxy._app.Run(context => proxy.ForwardAsync(context, endpoint));
        await proxy._app.StartAsync();
        return proxy;
    }

    /// <summary>Has the next call of an operation done, and its answer lost.</summary>
    public void LoseAnswerOf(string operation) => Plan(operation, Fault.LoseAnswer);

    /// <summary>Has the next calls of an operation refused, because too much was written.</summary>
    public void Throttle(string operation, int times)
    {
        for (var time = 0; time < times; time++) Plan(operation, Fault.Throttle);
    }

    /// <summary>Has all calls of an operation refused because there are too many, until <see cref="Heal"/>.</summary>
    public void Throttle(string operation) => _lasting[operation] = Fault.Throttle;

    /// <summary>Has the next call of an operation fail inside DynamoDB.</summary>
    public void Fail(string operation) => Plan(operation, Fault.Fail);

    /// <summary>Has all calls of an operation refused because the credentials may not do it, until <see cref="Heal"/>.</summary>
    public void Refuse(string operation) => _lasting[operation] = Fault.Refuse;

    /// <summary>Has all calls of an operation done and answered two seconds late, until <see cref="Heal"/>.</summary>
    public void SlowDown(string operation) => _lasting[operation] = Fault.Delay;

    /// <summary>Ends the faults that last.</summary>
    public void Heal() => _lasting.Clear();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private void Plan(string operation, Fault fault) => _planned.GetOrAdd(operation, static _ => new()).Enqueue(fault);

    private async Task ForwardAsync(HttpContext context, string endpoint)
    {
        var operation = context.Request.Headers["X-Amz-Target"].ToString().Split('.')[^1];
        _calls.AddOrUpdate(operation, 1, static (_, count) => count + 1);
        var fault = FaultOf(operation);
        if (fault is not null) Interlocked.Increment(ref _happened);
        switch (fault)
        {
            case Fault.Throttle:
                await AnswerAsync(context, HttpStatusCode.BadRequest, "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException");
                return;
            case Fault.Fail:
                await AnswerAsync(context, HttpStatusCode.InternalServerError, "com.amazonaws.dynamodb.v20120810#InternalServerError");
                return;
            case Fault.Refuse:
                await AnswerAsync(context, HttpStatusCode.BadRequest, "com.amazon.coral.service#AccessDeniedException");
                return;
        }

        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), endpoint) { Content = new StreamContent(context.Request.Body) };
        foreach (var (name, value) in context.Request.Headers)
        {
            if (name is "Host" or "Content-Length") continue;
            if (!request.Headers.TryAddWithoutValidation(name, value.ToArray())) request.Content.Headers.TryAddWithoutValidation(name, value.ToArray());
        }

        using var answer = await _client.SendAsync(request);
        if (fault is Fault.LoseAnswer)
        {
            context.Abort();
            return;
        }

        if (fault is Fault.Delay) await Task.Delay(_delay, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (name is not ("Transfer-Encoding" or "Connection" or "Server" or "Date")) context.Response.Headers[name] = values.ToArray();
        }

        await context.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync());
    }

    private Fault? FaultOf(string operation) =>
        _planned.TryGetValue(operation, out var planned) && planned.TryDequeue(out var next) ? next : _lasting.TryGetValue(operation, out var lasting) ? lasting : null;

    private static Task AnswerAsync(HttpContext context, HttpStatusCode status, string type)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = "application/x-amz-json-1.0";
        return context.Response.WriteAsync($$"""{"__type":"{{type}}","message":"So the test says."}""");
    }
}
