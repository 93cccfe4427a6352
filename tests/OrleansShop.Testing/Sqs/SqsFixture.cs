using Xunit;

namespace OrleansShop.Testing.Sqs;

/// <summary>
/// One emulator of SQS and SNS for a test process, started when the first test asks for it: make it an assembly fixture
/// (<c>[assembly: AssemblyFixture(typeof(SqsFixture))]</c>) and take it in constructors. Tests share it, so each takes queues and topics of its own names. The
/// environment variable ORLEANSSHOP_TEST_SQS, an URL, names a server to use instead. Without either, tests fail and say why.
/// </summary>
public sealed class SqsFixture : IAsyncLifetime
{
    public const string ServerVariable = "ORLEANSSHOP_TEST_SQS";

    private readonly Lazy<Task<SqsServer>> _server = new(SqsServer.StartAsync);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Where the server answers.</summary>
    public async Task<string> EndpointAsync() =>
        Environment.GetEnvironmentVariable(ServerVariable) is { Length: > 0 } named ? named : (await _server.Value).Endpoint;

    /// <summary>A name for a queue or topic that no other test has.</summary>
    public static string NewName(string prefix) => $"{prefix}-{Guid.NewGuid():N}";

    public async ValueTask DisposeAsync()
    {
        if (!_server.IsValueCreated) return;

        SqsServer server;
        try
        {
            server = await _server.Value;
        }
        catch (InvalidOperationException)
        {
            // It never started; the tests that needed it have said so.
            return;
        }

        await server.DisposeAsync();
    }
}
