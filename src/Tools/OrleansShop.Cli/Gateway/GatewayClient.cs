using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OrleansShop.Cli.Gateway;

/// <summary>The gateway's admin API.</summary>
internal sealed partial class GatewayClient : IDisposable
{
    private const string ProblemType = "application/problem+json";
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Above the minute that a gateway gives services for what it asks of them.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMinutes(2);

    /// <summary>For questions that a gateway answers at once, if it lives.</summary>
    private static readonly TimeSpan QuestionTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Above a thousand dead letters with their stacks; what is longer comes from something else.</summary>
    private const int MaxAnswerBytes = 64 << 20;

    private readonly HttpClient _http;

    public GatewayClient(Uri address, string? key)
    {
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, AllowAutoRedirect = false })
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        if (!string.IsNullOrEmpty(key))
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }

    public Task<Answer<CapabilitiesAnswer>> GetCapabilitiesAsync(CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, "/admin/capabilities", body: null, AnswersJson.Default.CapabilitiesAnswer, cancellationToken);

    public Task<Answer<QueuesAnswer>> GetQueuesAsync(CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, "/admin/queues", body: null, AnswersJson.Default.QueuesAnswer, cancellationToken);

    public Task<Answer<DeadLettersAnswer>> ListDeadLettersAsync(DeadLetterSearch search, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, $"/admin/dead-letters?{search.ToQuery()}", body: null, AnswersJson.Default.DeadLettersAnswer, cancellationToken);

    public Task<Answer<DeadLetterAnswer>> GetDeadLetterAsync(string id, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, $"/admin/dead-letter?id={Uri.EscapeDataString(id)}", body: null, AnswersJson.Default.DeadLetterAnswer, cancellationToken);

    /// <param name="operation"><c>redrive</c> or <c>purge</c>.</param>
    /// <param name="order">Which dead letters.</param>
    /// <param name="cancellationToken">Gives up waiting; what is done is done.</param>
    public Task<Answer<DeadLetterOrderAnswer>> OrderAsync(string operation, DeadLetterOrder order, CancellationToken cancellationToken) =>
        SendAsync(
            HttpMethod.Post,
            $"/admin/dead-letters/{operation}",
            JsonContent.Create(order, AnswersJson.Default.DeadLetterOrder),
            AnswersJson.Default.DeadLetterOrderAnswer,
            cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<Answer<T>> SendAsync<T>(
        HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> type, CancellationToken cancellationToken, TimeSpan? timeout = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        using var patience = new CancellationTokenSource(timeout ?? AnswerTimeout, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            var text = await response.Content.ReadAsStringAsync(either.Token);
            return response.IsSuccessStatusCode && JsonSerializer.Deserialize(text, type) is { } value
                ? new Answer<T>(value, Printable.Json(text))
                : throw Refusal(response, text);
        }
        catch (Exception silent) when (silent is HttpRequestException or IOException)
        {
            throw Unreachable($"does not answer: {silent.Message}", silent);
        }
        catch (JsonException foreign)
        {
            throw Unreachable($"answered {method} {path} with something that no gateway says: {foreign.Message}", foreign);
        }
        catch (OperationCanceledException silent) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreachable($"gave no answer to {method} {path} in time", silent);
        }
    }

    private Exception Refusal(HttpResponseMessage response, string text)
    {
        if (response.Content.Headers.ContentType?.MediaType != ProblemType)
        {
            return Unreachable($"answered {(int)response.StatusCode} without a problem, as no gateway does", cause: null);
        }

        var problem = JsonSerializer.Deserialize(text, AnswersJson.Default.ProblemAnswer);
        return new GatewayRefusedException((int)response.StatusCode, problem?.Title ?? "Refused", problem?.Detail ?? "(no reason given)", Printable.Json(text));
    }

    private GatewayUnreachableException Unreachable(string what, Exception? cause) => new(
        $"The gateway at {_http.BaseAddress} {what.TrimEnd('.')}. Is it running there? Name another with --gateway URL or the environment variable {ConnectionOptions.GatewayVariable}.", cause);
}
