using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OrleansShop.Testing.Faults;

/// <summary>
/// Stands between a client and a service that is asked by POST, such as those of AWS or the bridge, counts calls, and does to them what networks and services do now and then. An operation has the name that the protocol of AWS
/// gives it; without such a name it is the path.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private const string BodyItem = "body";
    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(2);

    private readonly WebApplication _app;
    private readonly HttpClient _client = new();
    private readonly string _endpoint;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Fault>> _planned = new();
    private readonly ConcurrentDictionary<string, Fault> _lasting = new();
    private readonly ConcurrentDictionary<string, int> _calls = new();
    private readonly ConcurrentQueue<string> _lost = new();
    private volatile Fault? _watch;
    private int _happened;

    private FaultProxy(WebApplication app, string endpoint) => (_app, _endpoint) = (app, endpoint.TrimEnd('/'));

    /// <summary>What is done to a call. Returns the answer that the client gets; null for none at all.</summary>
    /// <param name="request">The call.</param>
    /// <param name="forward">Has the service do it.</param>
    public delegate Task<ProxiedAnswer?> Fault(HttpRequest request, Func<Task<ProxiedAnswer>> forward);

    /// <summary>How many faults have happened.</summary>
    public int Happened => Volatile.Read(ref _happened);

    /// <summary>How many calls of each operation have come, those with faults included.</summary>
    public IReadOnlyDictionary<string, int> Calls => new Dictionary<string, int>(_calls);

    /// <summary>Which calls the service has not answered, and why.</summary>
    public IReadOnlyCollection<string> Lost => _lost;

    public string Endpoint => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<FaultProxy> StartAsync(string endpoint)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var proxy = new FaultProxy(builder.Build(), endpoint);
        proxy._app.Run(proxy.AnswerAsync);
        await proxy._app.StartAsync();
        return proxy;
    }

    /// <summary>The body of a call that a fault is about.</summary>
    public static string BodyOf(HttpRequest request) => (string)request.HttpContext.Items[BodyItem]!;

    /// <summary>Does something to the next call of an operation; to the one after it, if something is planned for it already.</summary>
    public void Plan(string operation, Fault fault) => _planned.GetOrAdd(operation, static _ => new()).Enqueue(fault);

    /// <summary>Does something to all calls of an operation, until <see cref="Heal"/>.</summary>
    public void PlanAlways(string operation, Fault fault) => _lasting[operation] = fault;

    /// <summary>Has something look at every call that no other fault is planned for, and do to it what it likes; null ends that.</summary>
    public void WatchAll(Fault? watch) => _watch = watch;

    /// <summary>Has the next call of an operation done, and its answer lost.</summary>
    public void LoseAnswerOf(string operation) => Plan(operation, static async (_, forward) =>
    {
        await forward();
        return null;
    });

    /// <summary>Has the next calls of an operation refused, in the protocol that SQS and DynamoDB speak.</summary>
    public void Refuse(string operation, string code, int times = 1, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        for (var time = 0; time < times; time++) Plan(operation, Refusal(code, status));
    }

    /// <summary>Has all calls of an operation refused, in the protocol that SQS and DynamoDB speak, until <see cref="Heal"/>.</summary>
    public void RefuseAlways(string operation, string code, HttpStatusCode status = HttpStatusCode.BadRequest) => PlanAlways(operation, Refusal(code, status));

    /// <summary>Has the next call of an operation done, and something else answered.</summary>
    public void Rewrite(string operation, Func<string, string> rewrite) => Plan(operation, async (_, forward) =>
    {
        var answer = await forward();
        return answer with { Body = Encoding.UTF8.GetBytes(rewrite(Encoding.UTF8.GetString(answer.Body))) };
    });

    /// <summary>Has all calls of an operation done and answered two seconds late, until <see cref="Heal"/>.</summary>
    public void SlowDown(string operation) => PlanAlways(operation, static async (request, forward) =>
    {
        var answer = await forward();
        await Task.Delay(Slowness, request.HttpContext.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return answer;
    });

    /// <summary>Ends the faults that last.</summary>
    public void Heal() => _lasting.Clear();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private static Fault Refusal(string code, HttpStatusCode status) => (request, _) => Task.FromResult<ProxiedAnswer?>(new ProxiedAnswer(
        status, "application/x-amz-json-1.0", Encoding.UTF8.GetBytes($$"""{"__type":"{{NamespaceOf(request)}}#{{code}}","message":"So the test says."}""")));

    private static string NamespaceOf(HttpRequest request) =>
        request.Headers["X-Amz-Target"].ToString().StartsWith("DynamoDB", StringComparison.Ordinal) ? "com.amazonaws.dynamodb.v20120810" : "com.amazonaws.sqs";

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var operation = OperationOf(context.Request, body.ToArray());
        context.Items[BodyItem] = Encoding.UTF8.GetString(body.ToArray());
        _calls.AddOrUpdate(operation, 1, static (_, count) => count + 1);

        ProxiedAnswer? answer;
        try
        {
            answer = await AnswerOfAsync(context.Request, operation, body.ToArray());
        }
        catch (HttpRequestException lost)
        {
            // The service is not there, or went away: so does the connection of its client.
            _lost.Enqueue($"{operation}: {lost.Message} {lost.InnerException?.Message}");
            answer = null;
        }

        if (answer is null)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.Status;
        if (answer.ContentType.Length > 0) context.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers) context.Response.Headers[name] = value;
        if (answer.Status == HttpStatusCode.NoContent) return;

        // Not even an empty body goes with a 204: the server would close the connection, on which the next call may be already.
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body);
    }

    private async Task<ProxiedAnswer?> AnswerOfAsync(HttpRequest request, string operation, byte[] body)
    {
        if (FaultOf(operation) is not { } fault) return _watch is { } watch ? await watch(request, Forward) : await Forward();
        Interlocked.Increment(ref _happened);
        return await fault(request, Forward);

        Task<ProxiedAnswer> Forward() => ForwardAsync(request, PathOf(operation), body);
    }

    private async Task<ProxiedAnswer> ForwardAsync(HttpRequest incoming, string path, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint + path) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in incoming.Headers)
        {
            if (name is "Host" or "Content-Length") continue;
            if (!request.Headers.TryAddWithoutValidation(name, value.ToArray())) request.Content.Headers.TryAddWithoutValidation(name, value.ToArray());
        }

        using var answer = await _client.SendAsync(request);
        return new ProxiedAnswer(answer.StatusCode, answer.Content.Headers.ContentType?.ToString() ?? "", await answer.Content.ReadAsByteArrayAsync())
        {
            // Checksums, ids of requests, reasons of refusals; what is of the connection, the proxy says itself.
            Headers = answer.Headers.Where(static header => header.Key.StartsWith("x-", StringComparison.OrdinalIgnoreCase) || header.Key == "Retry-After")
                .ToDictionary(static header => header.Key, static header => string.Join(',', header.Value)),
        };
    }

    private Fault? FaultOf(string operation) =>
        _planned.TryGetValue(operation, out var planned) && planned.TryDequeue(out var next) ? next : _lasting.GetValueOrDefault(operation);

    // SQS and DynamoDB name the operation in a header, SNS in its form.
    private static string OperationOf(HttpRequest request, byte[] body)
    {
        if (request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target) return target.Split('.')[^1];
        var form = Encoding.ASCII.GetString(body);
        return form.StartsWith("Action=", StringComparison.Ordinal) ? form["Action=".Length..].Split('&')[0] : request.Path;
    }

    private static string PathOf(string operation) => operation.StartsWith('/') ? operation : "";
}
