using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansShop.Engine.DynamoDB.Tests;

/// <summary>Stands between a client and DynamoDB, and does to single calls what networks and DynamoDB do now and then.</summary>
internal sealed class LossyProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Fault>> _faults = new();
    private int _happened;

    private LossyProxy(WebApplication app) => _app = app;

    private enum Fault
    {
        LoseAnswer,
        Throttle,
        Fail,
    }

    /// <summary>How many faults have happened.</summary>
    public int Happened => _happened;

    public string Endpoint => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<LossyProxy> StartAsync(string endpoint)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var proxy = new LossyProxy(builder.Build());
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

    /// <summary>Has the next call of an operation fail inside DynamoDB.</summary>
    public void Fail(string operation) => Plan(operation, Fault.Fail);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private void Plan(string operation, Fault fault) => _faults.GetOrAdd(operation, static _ => new()).Enqueue(fault);

    private async Task ForwardAsync(HttpContext context, string endpoint)
    {
        var target = context.Request.Headers["X-Amz-Target"].ToString();
        var fault = _faults.TryGetValue(target.Split('.')[^1], out var planned) && planned.TryDequeue(out var next) ? next : (Fault?)null;
        if (fault is not null) Interlocked.Increment(ref _happened);
        switch (fault)
        {
            case Fault.Throttle:
                await AnswerAsync(context, HttpStatusCode.BadRequest, "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException");
                return;
            case Fault.Fail:
                await AnswerAsync(context, HttpStatusCode.InternalServerError, "com.amazonaws.dynamodb.v20120810#InternalServerError");
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

        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (name is not ("Transfer-Encoding" or "Connection" or "Server" or "Date")) context.Response.Headers[name] = values.ToArray();
        }

        await context.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync());
    }

    private static Task AnswerAsync(HttpContext context, HttpStatusCode status, string type)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = "application/x-amz-json-1.0";
        return context.Response.WriteAsync($$"""{"__type":"{{type}}","message":"So the test says."}""");
    }
}
