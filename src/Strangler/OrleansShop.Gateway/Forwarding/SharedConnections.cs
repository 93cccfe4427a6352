namespace OrleansShop.Gateway.Forwarding;

/// <summary>Lets an <see cref="HttpClient"/> use the connections that requests use.</summary>
internal sealed class SharedConnections(BackendConnections connections) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        connections.Client.SendAsync(request, cancellationToken);
}
