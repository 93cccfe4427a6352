using System.Buffers;
using System.Globalization;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace OrleansShop.Storage.Aws.Posting;

/// <summary>Posts signed requests to one service, and reads its answers up to a length. Repeats nothing. Thread-safe.</summary>
internal sealed class SignedPosts : IDisposable
{
    private const int FirstBufferBytes = 16 * 1024;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    // A name can come to mean other addresses; connections move there within this time.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    // Requests are refused when their time is off by five minutes or more: less is not why one was.
    private static readonly TimeSpan SmallestSkew = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly string _host;
    private readonly string _region;
    private readonly string _service;
    private readonly AWSCredentials? _credentials;
    private readonly TimeProvider _time;
    private readonly int _maxAnswerBytes;
    private long _skewTicks;

    /// <param name="address">Where the service is.</param>
    /// <param name="region">What is signed for.</param>
    /// <param name="service">The service's name in signatures.</param>
    /// <param name="credentials">Who signs; null for the standard chain of the SDK.</param>
    /// <param name="maxAnswerBytes">The longest answer that is taken.</param>
    /// <param name="time">The time in signatures.</param>
    public SignedPosts(Uri address, string region, string service, AWSCredentials? credentials, int maxAnswerBytes, TimeProvider time)
    {
        (_address, _region, _service, _credentials, _maxAnswerBytes, _time) = (new Uri(address, "/"), region, service, credentials, maxAnswerBytes, time);
        _host = _address.Authority;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
        };

        // Limits are the caller's, by cancellation.
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>By how much the service's clock is ahead of this one's, as far as that was learned.</summary>
    public TimeSpan Skew => new(Volatile.Read(ref _skewTicks));

    /// <summary>Takes the service's clock for the right one, if that explains why a signature was refused.</summary>
    /// <returns>Whether it does: the request is worth signing again.</returns>
    public bool CorrectClock(DateTimeOffset? serviceTime)
    {
        if (serviceTime is not { } right || (right - Now()).Duration() < SmallestSkew) return false;
        Volatile.Write(ref _skewTicks, (right - _time.GetUtcNow()).Ticks);
        return true;
    }

    /// <summary>Posts once.</summary>
    /// <param name="contentType">The type of <paramref name="payload"/>.</param>
    /// <param name="operation">The header <c>X-Amz-Target</c>; null where the protocol has none.</param>
    /// <param name="payload">The body.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HttpRequestException">The service cannot be reached.</exception>
    /// <exception cref="TimeoutException">No connection came about in time.</exception>
    /// <exception cref="AnswerTooLongException">The answer is longer than what is taken.</exception>
    /// <exception cref="AmazonClientException">There are no credentials.</exception>
    public async Task<PostAnswer> SendAsync(string contentType, string? operation, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var chain = _credentials ?? await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var credentials = await chain.GetCredentialsAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        using var request = Sign(contentType, operation, payload, credentials);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException cause) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no connection to {_host} within {ConnectTimeout}", cause);
        }
    }

    public void Dispose() => _http.Dispose();

    private DateTimeOffset Now() => _time.GetUtcNow() + Skew;

    private HttpRequestMessage Sign(string contentType, string? operation, ReadOnlyMemory<byte> payload, ImmutableCredentials credentials)
    {
        var now = Now();

        // In ordinal order, as the signature wants them.
        List<KeyValuePair<string, string>> headers =
        [
            new("content-type", contentType),
            new("host", _host),
            new("x-amz-date", now.UtcDateTime.ToString(PostSignature.TimeFormat, CultureInfo.InvariantCulture)),
        ];
        if (credentials.UseToken) headers.Add(new("x-amz-security-token", credentials.Token));
        if (operation is not null) headers.Add(new("x-amz-target", operation));

        var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ReadOnlyMemoryContent(payload) };
        request.Headers.TryAddWithoutValidation("Authorization", PostSignature.Authorize(headers, payload.Span, _region, _service, credentials, now));
        foreach (var (name, value) in headers)
        {
            if (name == "content-type") request.Content.Headers.TryAddWithoutValidation(name, value);
            else request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private async Task<PostAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > _maxAnswerBytes) throw new AnswerTooLongException(_maxAnswerBytes);

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent((int?)response.Content.Headers.ContentLength + 1 ?? FirstBufferBytes);
        try
        {
            var length = 0;
            while (await body.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                length += read;
                if (length > _maxAnswerBytes) throw new AnswerTooLongException(_maxAnswerBytes);
                if (length == buffer.Length) buffer = Grow(buffer);
            }

            var fault = response.Headers.TryGetValues("x-amzn-query-error", out var faults) ? faults.FirstOrDefault() : null;
            var answer = new PostAnswer(response.StatusCode, fault, response.Headers.Date, buffer, length);
            buffer = null;
            return answer;
        }
        finally
        {
            if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}
