using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using OrleansShop.Gateway.Tests.Fixtures;

namespace OrleansShop.Cli.Tests.Moves;

/// <summary>An HTTP server on loopback that answers like a gateway's admin API what a test has it answer, and keeps what it was asked.</summary>
internal sealed class MoveGateway : IAsyncDisposable
{
    private readonly StubBackend _server;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Reply>> _replies = new();

    private MoveGateway(StubBackend server) => _server = server;

    public string Address => _server.Address;

    /// <summary>Method, path, key and body of each request, in their order.</summary>
    public ConcurrentQueue<(string Request, string? Authorization, string Body)> Asked { get; } = new();

    public static async Task<MoveGateway> StartAsync()
    {
        var gateway = new MoveGateway(await StubBackend.StartAsync("gateway"));
        gateway._server.Answer = gateway.AnswerAsync;
        return gateway;
    }

    /// <summary>Has the next request of this kind answered so; the last answer of a kind is given again and again.</summary>
    public MoveGateway On(string request, string body, int status = 200, string contentType = "application/json")
    {
        _replies.GetOrAdd(request, static _ => new()).Enqueue(new Reply(status, status == 200 ? contentType : "application/problem+json", body));
        return this;
    }

    /// <summary>How often something was asked.</summary>
    public int CountOf(string request) => Asked.Count(asked => asked.Request == request);

    public Task<ShopctlRun> RunAsync(params string[] args) => ShopctlRun.OfAsync([.. args, "--gateway", Address]);

    public Task<ShopctlRun> RunAsync(string[] args, CancellationToken cancellationToken) => ShopctlRun.OfAsync([.. args, "--gateway", Address], cancellationToken);

    public Task StopAsync() => _server.StopAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var request = $"{http.Request.Method} {http.Request.Path}";
        using var reader = new StreamReader(http.Request.Body);
        Asked.Enqueue((request, http.Request.Headers.Authorization, await reader.ReadToEndAsync()));
        var replies = _replies.GetValueOrDefault(request) ?? throw new InvalidOperationException($"The test has no answer to {request}.");
        Reply? reply;
        while (!(replies.Count > 1 ? replies.TryDequeue(out reply) : replies.TryPeek(out reply)))
        {
        }

        http.Response.StatusCode = reply.Status;
        http.Response.ContentType = reply.ContentType;
        await http.Response.WriteAsync(reply.Body);
    }

    private sealed record Reply(int Status, string ContentType, string Body);
}
