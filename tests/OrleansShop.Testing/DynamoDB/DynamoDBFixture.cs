using Xunit;

namespace OrleansShop.Testing.DynamoDB;

/// <summary>
/// One DynamoDB Local for a test process, started when the first test asks for it: make it an assembly fixture
/// (<c>[assembly: AssemblyFixture(typeof(DynamoDBFixture))]</c>) and take it in constructors. Tests share it, so each takes tables of its own names. The
/// environment variable ORLEANSSHOP_TEST_DYNAMODB, an URL, names a server to use instead. Without either, tests fail and say why.
/// </summary>
public sealed class DynamoDBFixture : IAsyncLifetime
{
    public const string ServerVariable = "ORLEANSSHOP_TEST_DYNAMODB";

    private readonly Lazy<Task<DynamoDBServer>> _server = new(static () => DynamoDBServer.StartAsync());

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Where the server answers.</summary>
    public async Task<string> EndpointAsync() =>
        Environment.GetEnvironmentVariable(ServerVariable) is { Length: > 0 } named ? named : (await _server.Value).Endpoint;

    /// <summary>A name for a table that no other test has.</summary>
    public static string NewTableName(string prefix) => $"{prefix}-{Guid.NewGuid():N}";

    public async ValueTask DisposeAsync()
    {
        if (!_server.IsValueCreated) return;

        DynamoDBServer server;
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
