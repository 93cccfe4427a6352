using System.Net;
using System.Text;
using OrleansShop.Testing.Network;

namespace OrleansShop.Testing.Ecs;

/// <summary>A small task metadata endpoint, version 4, on a loopback port: it answers what a test tells it to, and counts what it is asked.</summary>
public sealed class EcsMetadataServer : IAsyncDisposable
{
    private const string Path = "/v4/0f2d3ea5b5a94c1d8e5c9d4d7a1b6c21-3871634598";
    private const int Tries = 20;

    private readonly HttpListener _listener;
    private readonly Task _serving;
    private int _requests;

    private EcsMetadataServer(HttpListener listener, string origin)
    {
        _listener = listener;
        Address = origin + Path;
        _serving = ServeAsync();
    }

    /// <summary>What <c>ECS_CONTAINER_METADATA_URI_V4</c> would be.</summary>
    public string Address { get; }

    /// <summary>The description of the container. Default: in the network mode awsvpc at 10.0.2.100.</summary>
    public string Container { get; set; } = AwsVpc("10.0.2.100");

    /// <summary>The description of the task. Default: a task of the service <c>owners</c>.</summary>
    public string Task { get; set; } = """
        {
          "Cluster": "clinic", "TaskARN": "arn:aws:ecs:eu-central-1:111122223333:task/clinic/158d1c8083dd49d6b527399fd6414f5c", "Family": "clinic-owners", "Revision": "7",
          "ServiceName": "owners", "DesiredStatus": "RUNNING", "KnownStatus": "RUNNING", "LaunchType": "FARGATE", "Containers": []
        }
        """;

    /// <summary>How many requests fail with 500 before the first that does not.</summary>
    public int Failures { get; set; }

    /// <summary>How long every answer takes.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How many requests have come.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Starts one.</summary>
    public static EcsMetadataServer Start()
    {
        for (var attempt = 1; ; attempt++)
        {
            var origin = $"http://127.0.0.1:{FreePort.Next()}";
            var listener = new HttpListener();
            listener.Prefixes.Add(origin + "/");
            try
            {
                listener.Start();
                return new EcsMetadataServer(listener, origin);
            }
            catch (HttpListenerException) when (attempt < Tries)
            {
                // Somebody has taken the port in between.
                listener.Close();
            }
        }
    }

    /// <summary>A container with a network interface of its own.</summary>
    public static string AwsVpc(string address) => $$"""
        {
          "DockerId": "cd189a933e5849daa93386466019ab50-2495160603", "Name": "owners", "DesiredStatus": "RUNNING", "KnownStatus": "RUNNING",
          "Networks": [{ "NetworkMode": "awsvpc", "IPv4Addresses": ["{{address}}"], "PrivateDNSName": "ip-10-0-2-100.eu-central-1.compute.internal" }],
          "Limits": { "CPU": 512 }
        }
        """;

    /// <summary>A container in the host's bridge, with TCP ports of the container on ports of the host.</summary>
    public static string Bridge(params (int Container, int Host)[] ports) => $$"""
        {
          "Name": "owners", "KnownStatus": "RUNNING", "Networks": [{ "NetworkMode": "bridge", "IPv4Addresses": ["172.17.0.2"] }],
          "Ports": [{{string.Join(", ", ports.Select(port => $$"""{ "ContainerPort": {{port.Container}}, "Protocol": "tcp", "HostPort": {{port.Host}}, "HostIp": "0.0.0.0" }"""))}}]
        }
        """;

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext request;
            try
            {
                request = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = AnswerAsync(request);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var number = Interlocked.Increment(ref _requests);
            await System.Threading.Tasks.Task.Delay(Delay);
            var text = context.Request.Url?.AbsolutePath switch
            {
                Path => Container,
                Path + "/task" => Task,
                _ => null,
            };
            context.Response.StatusCode = number <= Failures ? 500 : text is null ? 404 : 200;
            context.Response.ContentType = "application/json";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text ?? ""));
            context.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // Whoever asked has given up, or the server has been closed.
            context.Response.Abort();
        }
    }
}
