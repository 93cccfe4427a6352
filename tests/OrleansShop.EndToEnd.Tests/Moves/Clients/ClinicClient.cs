using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OrleansShop.EndToEnd.Tests.Moves.Running;
using OrleansShop.Testing.Histories;

namespace OrleansShop.EndToEnd.Tests.Moves.Clients;

/// <summary>Asks one gateway, and writes down what was asked and answered. Thread-safe.</summary>
internal sealed class ClinicClient : IDisposable
{
    // Above the half minute after which the gateway itself gives an answer.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(40);

    private readonly Part _gateway;
    private readonly Journal _journal;
    private readonly HttpClient _http;

    public ClinicClient(Part gateway, Journal journal)
    {
        (_gateway, _journal) = (gateway, journal);
        _http = new HttpClient { BaseAddress = new Uri(gateway.Address, "/petclinic/api/"), Timeout = Timeout };
    }

    public Task<ClientOperation> ReadAsync(string kind, long id) => SendAsync(_journal.Begin(OperationKind.Read, kind, id, _gateway.Name), HttpMethod.Get, EntityKinds.PathOf(kind, id), body: null);

    public Task<ClientOperation> WriteAsync(string kind, long id, string value, long? parent) =>
        SendAsync(_journal.Begin(OperationKind.Update, kind, id, _gateway.Name, value), HttpMethod.Put, EntityKinds.PathOf(kind, id), EntityKinds.BodyOf(kind, value, parent));

    /// <summary>Sends a write that must be refused.</summary>
    public Task<ClientOperation> WriteForbiddenAsync(string kind, long id, string value, long? parent) =>
        SendAsync(_journal.Begin(OperationKind.Update, kind, id, _gateway.Name, value), HttpMethod.Put, EntityKinds.PathOf(kind, id), EntityKinds.ForbiddenBodyOf(kind, value, parent));

    public Task<ClientOperation> DeleteAsync(string kind, long id) => SendAsync(_journal.Begin(OperationKind.Delete, kind, id, _gateway.Name), HttpMethod.Delete, EntityKinds.PathOf(kind, id), body: null);

    public Task<ClientOperation> CreateAsync(string kind, string value, long? parent) =>
        SendAsync(_journal.Begin(OperationKind.Create, kind, id: null, _gateway.Name, value, parent), HttpMethod.Post, EntityKinds.CreationPathOf(kind, parent), EntityKinds.BodyOf(kind, value, parent));

    public void Dispose() => _http.Dispose();

    private async Task<ClientOperation> SendAsync(ClientOperation operation, HttpMethod method, string path, string? body)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await _http.SendAsync(request);
            Note(operation, answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException or TaskCanceledException)
        {
            Journal.Fail(operation, status: 0, lost.Message);
        }

        return operation;
    }

    private void Note(ClientOperation operation, HttpStatusCode status, string body)
    {
        switch ((int)status)
        {
            case >= 500 or 408 or 421 or 429:
                Journal.Fail(operation, (int)status, $"{(int)status} {body}");
                break;
            case 404 when operation.Kind != OperationKind.Create:
                _journal.End(operation, 404, OperationOutcome.Absent);
                break;
            case >= 400:
                _journal.End(operation, (int)status, OperationOutcome.Refused);
                break;
            default:
                if (operation.Kind == OperationKind.Create) operation.Id = JsonNode.Parse(body)!["id"]!.GetValue<long>();
                _journal.End(operation, (int)status, OperationOutcome.Done, operation.Kind == OperationKind.Read ? EntityKinds.ValueIn(operation.EntityKind, body) : null);
                break;
        }
    }
}
