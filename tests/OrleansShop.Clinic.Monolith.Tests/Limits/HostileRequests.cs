using System.Net;
using System.Net.Sockets;
using System.Text;
using OrleansShop.Clinic.Monolith.Tests.Hosting;
using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Limits;

/// <summary>Requests that mean harm are answered with a problem or a closed connection, and the next request is served.</summary>
public sealed class HostileRequests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private const int MiB = 1024 * 1024;

    private readonly ClinicClient _http = clinic.Http;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_ten_megabytes_is_refused(bool chunked)
    {
        var body = new byte[10 * MiB];
        body.AsSpan().Fill((byte)' ');
        HttpContent content = chunked ? new StreamContent(new UnseekableStream(body)) : new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");

        var answer = await _http.SendAsync(HttpMethod.Post, "owners", content);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "body-too-large"), (answer.Status, answer.ProblemSlug));
        Assert.Equal("The request body is larger than the limit.", answer.Detail);
        await StillServesAsync();
    }

    [Fact]
    public async Task A_body_just_within_the_limit_is_read()
    {
        var padded = "{\"name\":\"wide\"" + new string(' ', MiB - 16) + "}";

        Assert.Equal(HttpStatusCode.Created, (await _http.PostAsync("pettypes", padded)).Status);
    }

    [Theory]
    [InlineData(1, 40 * 1024)]
    [InlineData(200, 10)]
    [InlineData(101, 1)]
    [InlineData(2000, 100)]
    public async Task Floods_of_headers_are_refused(int count, int length)
    {
        var headers = Enumerable.Range(0, count).Select(i => ($"X-Flood-{i}", new string('x', length))).ToArray();

        var answer = await _http.GetAsync("owners/1", headers);

        Assert.Equal(((HttpStatusCode)431, "headers-too-large"), (answer.Status, answer.ProblemSlug));
        await StillServesAsync();
    }

    [Fact]
    public async Task A_target_that_is_too_long_is_refused()
    {
        Answer[] answers = [await _http.GetAsync($"owners/{new string('1', 9000)}"), await _http.GetAsync($"owners?lastName={new string('a', 9000)}")];

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.RequestUriTooLong, "target-too-long"), (answer.Status, answer.ProblemSlug)));
    }

    [Theory]
    [InlineData("GET /petclinic/api/owners/%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /petclinic/api/owners/1 HTTP/1.1\r\n\r\n")]
    [InlineData("\u0001\u0002\u0003\u0004\r\n\r\n")]
    [InlineData("POST /petclinic/api/owners HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\nContent-Type: application/json\r\n\r\n")]
    [InlineData("POST /petclinic/api/owners HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello")]
    [InlineData("POST /petclinic/api/owners HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\nConnection: close\r\n\r\nZZ\r\nnot a chunk")]
    public async Task What_is_no_request_is_answered_400(string request)
    {
        var answer = await SendRawAsync(request);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        await StillServesAsync();
    }

    [Fact]
    public async Task A_header_flood_beyond_every_limit_is_answered_431()
    {
        var request = new StringBuilder("GET /petclinic/api/owners/1 HTTP/1.1\r\nHost: x\r\n");
        for (var i = 0; i < 600; i++) request.Append("X-Flood: ").Append('x', 1000).Append("\r\n");

        Assert.StartsWith("HTTP/1.1 431 ", await SendRawAsync(request.Append("\r\n").ToString()), StringComparison.Ordinal);
        await StillServesAsync();
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_of_its_body_harms_nobody()
    {
        using (var client = await ConnectAsync())
        {
            await client.GetStream().WriteAsync("POST /petclinic/api/owners HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\nContent-Type: application/json\r\n\r\n{\"firstName\":"u8.ToArray());
        }

        await StillServesAsync();
    }

    private async Task StillServesAsync() => Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync("owners/1")).Status);

    private async Task<string> SendRawAsync(string request)
    {
        using var client = await ConnectAsync();
        var stream = client.GetStream();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), deadline.Token);
        }
        catch (IOException)
        {
            // The server has seen enough and closed; what it said can still be read.
        }

        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (!answer.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, deadline.Token);
            if (read == 0) break;
            answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(_http.Server.Host, _http.Server.Port);
        return client;
    }

    /// <summary>Without a known length the client sends chunks.</summary>
    private sealed class UnseekableStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
