using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansShop.Clinic.Monolith.Tests.Hosting;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Problems;

/// <summary>A client that goes away in the middle of its request is no fault of the server's.</summary>
public sealed class ClientsThatLeave(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private const string BeginningOfRequest = "POST /petclinic/api/owners HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n";

    [Fact]
    public async Task A_client_that_resets_its_connection_in_the_middle_of_its_body_is_not_logged_as_an_error()
    {
        using var problems = new LogsOfProblems();
        await using var monolith = await RunningMonolith.StartAsync(clinic.DatabaseSettings, logs: problems);
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync("127.0.0.1", monolith.Http.Server.Port);
        await client.SendAsync(Encoding.ASCII.GetBytes(BeginningOfRequest));

        // The server says that once it reads the body. A close that waits for nothing is a reset.
        var answer = new byte[100];
        Assert.StartsWith("HTTP/1.1 100 Continue", Encoding.ASCII.GetString(answer, 0, await client.ReceiveAsync(answer)), StringComparison.Ordinal);
        client.Close(timeout: 0);

        await Eventually.Holds(() => !problems.Lines.IsEmpty, "the server notes that the client has left");
        Assert.StartsWith("Debug: POST /petclinic/api/owners was given up", Assert.Single(problems.Lines), StringComparison.Ordinal);
    }

    private sealed class LogsOfProblems : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => categoryName.Contains(".Problems.", StringComparison.Ordinal) ? this : NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel}: {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
