using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace OrleansShop.Clinic.Monolith.Tests.Hosting;

/// <summary>Sends requests below the base path and reads each answer to its end.</summary>
public sealed class ClinicClient : IDisposable
{
    private readonly HttpClient _http;

    public ClinicClient(Uri server)
    {
        Server = server;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server, Timeout = TimeSpan.FromSeconds(60) };
    }

    public Uri Server { get; }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, content: null, headers);

    public Task<Answer> PostAsync(string path, object body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, Json(body), headers);

    public Task<Answer> PutAsync(string path, object body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, Json(body), headers);

    public Task<Answer> DeleteAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Delete, path, content: null, headers);

    /// <summary>A path that begins with a slash is taken from the root of the server.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : $"{MonolithApplication.BasePath}/{path}") { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Objects as JSON; a string is the body as it stands.</summary>
    public static ByteArrayContent Json(object body) =>
        Bytes(body is string text ? Encoding.UTF8.GetBytes(text) : JsonSerializer.SerializeToUtf8Bytes(body), "application/json");

    public static ByteArrayContent Bytes(byte[] body, string? mediaType)
    {
        var content = new ByteArrayContent(body);
        if (mediaType is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return content;
    }

    public void Dispose() => _http.Dispose();
}
