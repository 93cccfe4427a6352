using Xunit;

namespace OrleansShop.Testing.Emulators;

/// <summary>
/// One server for a test process, started when the first test asks for it: make what derives from it an assembly fixture and take it in constructors. An
/// environment variable names a server to use instead. Without either, tests fail and say why.
/// </summary>
/// <param name="serverVariable">The environment variable; its value is an endpoint.</param>
/// <param name="start">Starts the server.</param>
public abstract class EmulatorFixture(string serverVariable, Func<Task<EmulatorServer>> start) : IAsyncLifetime
{
    private readonly Lazy<Task<EmulatorServer>> _server = new(start);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Where the server answers.</summary>
    public async Task<string> EndpointAsync() =>
        Environment.GetEnvironmentVariable(serverVariable) is { Length: > 0 } named ? named : (await _server.Value).Endpoint;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (!_server.IsValueCreated) return;

        EmulatorServer server;
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
