using System.Net;
using System.Text.Json;
using OrleansShop.Gateway.Forwarding;
using OrleansShop.ServiceDefaults.Problems;
using OrleansShop.ServiceDefaults.Streams;
using OrleansShop.Strangler.Serving;

namespace OrleansShop.Gateway.Streams;

/// <summary>The services' endpoints for streams, each call at one process, and with a deadline. A process that does not answer is an answer too.</summary>
internal sealed class StreamCalls : IDisposable
{
    private static readonly TimeSpan QuestionTimeout = TimeSpan.FromSeconds(5);

    /// <summary>An order on many dead letters is as many writes.</summary>
    private static readonly TimeSpan OrderTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Above what a thousand dead letters of the greatest size take.</summary>
    private const long MaxAnswerBytes = 64 << 20;

    private const int MaxProblemChars = 1024;

    /// <summary>What lacks something was not said by a service, or by one of another version.</summary>
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    private readonly string? _key;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public StreamCalls(Backends backends, BackendConnections connections, IConfiguration configuration, TimeProvider time)
    {
        Processes = ServiceProcess.AllOf(backends);
        _key = configuration[ServiceKey.ConfigurationKey];
        _time = time;
        _http = new HttpClient(new SharedConnections(connections), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxAnswerBytes };
    }

    /// <summary>All processes of all services.</summary>
    public IReadOnlyList<ServiceProcess> Processes { get; }

    /// <summary>Reads something of a process.</summary>
    public Task<ProcessReply<T>> GetAsync<T>(ServiceProcess process, string path, CancellationToken cancellationToken)
        where T : class => SendAsync<T>(process, HttpMethod.Get, path, body: null, QuestionTimeout, cancellationToken);

    /// <summary>Has a process carry out an order.</summary>
    public Task<ProcessReply<DeadLetterOrderAnswer>> OrderAsync(ServiceProcess process, string path, DeadLetterOrder order, CancellationToken cancellationToken) =>
        SendAsync<DeadLetterOrderAnswer>(process, HttpMethod.Post, path, JsonContent.Create(order), OrderTimeout, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<ProcessReply<T>> SendAsync<T>(ServiceProcess process, HttpMethod method, string path, HttpContent? body, TimeSpan timeout, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(method, new Uri(process.Address, StreamEndpoints.PathPrefix + path)) { Content = body };
        if (!string.IsNullOrEmpty(_key)) request.Headers.Add(ServiceKey.Header, _key);
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            process.Answered();
            if (response.IsSuccessStatusCode) return ProcessReply<T>.Of(process, await response.Content.ReadFromJsonAsync<T>(Strict, either.Token));
            return ProcessReply<T>.Failed(process, response.StatusCode, $"It answered {(int)response.StatusCode}. {await DetailOf(response, either.Token)}".TrimEnd());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ProcessReply<T>.Failed(process, status: null, $"It gave no answer within {timeout}.");
        }
        catch (HttpRequestException failure) when (failure.InnerException is ConnectFailedException && !process.HasAnswered)
        {
            return ProcessReply<T>.Vacant(process, $"Nobody has answered there since the gateway started: {failure.InnerException.Message}");
        }
        catch (Exception failure) when (failure is HttpRequestException or ConnectFailedException or IOException or JsonException or NotSupportedException)
        {
            return ProcessReply<T>.Failed(process, status: null, $"It gave no usable answer: {failure.Message}");
        }
    }

    private static async Task<string> DetailOf(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != ProblemJson.MediaType) return response.StatusCode == HttpStatusCode.NotFound ? "It is no service of this version." : "";
        var detail = (await response.Content.ReadFromJsonAsync<Problem>(Strict, cancellationToken))?.Detail ?? "";
        return detail.Length <= MaxProblemChars ? detail : detail[..MaxProblemChars];
    }
}
