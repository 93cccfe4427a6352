using System.Globalization;
using System.Net;
using System.Text;
using Amazon.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansShop.Storage.Aws.Posting;
using OrleansShop.Testing.Network;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Storage.Aws.Tests.Posting;

public sealed class SignedPostsTests : IAsyncLifetime
{
    private const int MaxAnswerBytes = 100_000;

    private readonly ManualTimeProvider _time = new();
    private WebApplication _service = null!;
    private Func<HttpContext, Task> _answer = static _ => Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _service = builder.Build();
        _service.Run(context => _answer(context));
        await _service.StartAsync();
    }

    [Fact]
    public async Task What_is_sent_is_what_is_signed()
    {
        string? host = null, authorization = null, date = null, body = null, path = null;
        _answer = async context =>
        {
            (host, authorization, date, path) = (context.Request.Host.ToString(), context.Request.Headers.Authorization, context.Request.Headers["X-Amz-Date"], context.Request.Path);
            body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        };
        using var posts = Open();
        using var answer = await posts.SendAsync("text/plain", "Service.Operation", "hello"u8.ToArray(), CancellationToken.None);

        Assert.Equal((Address.Authority, "20300101T000000Z", "hello", "/"), (host, date, body, path));
        var expected = PostSignature.Authorize(
            [new("content-type", "text/plain"), new("host", host!), new("x-amz-date", date!), new("x-amz-target", "Service.Operation")], "hello"u8, "eu-central-1", "service",
            new ImmutableCredentials("key", "secret", null), _time.GetUtcNow());
        Assert.Equal(expected, authorization);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData(16 * 1024 + 1)]
    [InlineData(MaxAnswerBytes)]
    public async Task An_answer_is_read_up_to_the_limit_whether_or_not_it_says_how_long_it_is(int length)
    {
        var text = Encoding.ASCII.GetBytes(new string('x', length));
        foreach (var saysLength in new[] { true, false })
        {
            _answer = context =>
            {
                if (saysLength) context.Response.ContentLength = length;
                return context.Response.Body.WriteAsync(text).AsTask();
            };
            using var posts = Open();
            using var answer = await posts.SendAsync("text/plain", null, default, CancellationToken.None);

            Assert.True(answer.IsSuccess);
            Assert.Equal(text, answer.Body.ToArray());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_longer_answer_is_not_read(bool saysLength)
    {
        _answer = async context =>
        {
            if (saysLength) context.Response.ContentLength = MaxAnswerBytes + 1;
            await context.Response.Body.WriteAsync(new byte[MaxAnswerBytes + 1]);
        };
        using var posts = Open();

        var tooLong = await Assert.ThrowsAsync<AnswerTooLongException>(() => posts.SendAsync("text/plain", null, default, CancellationToken.None));

        Assert.Contains($"{MaxAnswerBytes}", tooLong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_a_failure_of_the_network()
    {
        _answer = async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.Body.WriteAsync(new byte[10]);
            await context.Response.Body.FlushAsync();
            context.Abort();
        };
        using var posts = Open();

        var broken = await Assert.ThrowsAnyAsync<Exception>(() => posts.SendAsync("text/plain", null, default, CancellationToken.None));

        Assert.True(Aws.Calling.NetworkFailures.Contain(broken), broken.ToString());
    }

    [Fact]
    public async Task Nobody_who_listens_is_a_failure_of_the_network()
    {
        using var posts = new SignedPosts(
            new Uri($"http://127.0.0.1:{FreePort.Next()}"), "eu-central-1", "service", new BasicAWSCredentials("key", "secret"), MaxAnswerBytes, TimeProvider.System);

        Assert.True(Aws.Calling.NetworkFailures.Contain(await Assert.ThrowsAnyAsync<Exception>(() => posts.SendAsync("text/plain", null, default, CancellationToken.None))));
    }

    [Fact]
    public async Task A_redirection_is_an_answer_and_is_not_followed()
    {
        var calls = 0;
        _answer = context =>
        {
            calls++;
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };
        using var posts = Open();
        using var answer = await posts.SendAsync("text/plain", null, default, CancellationToken.None);

        Assert.Equal((HttpStatusCode.Found, false, 1), (answer.Status, answer.IsSuccess, calls));
    }

    [Fact]
    public async Task A_clock_that_is_far_off_is_corrected_and_one_that_is_near_is_not()
    {
        var dates = new List<string>();
        _answer = context =>
        {
            dates.Add(context.Request.Headers["X-Amz-Date"].ToString());
            context.Response.Headers.Date = (_time.GetUtcNow() + TimeSpan.FromHours(1)).ToString("R", CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        };
        using var posts = Open();
        using (var answer = await posts.SendAsync("text/plain", null, default, CancellationToken.None)) Assert.True(posts.CorrectClock(answer.Date));
        using (var answer = await posts.SendAsync("text/plain", null, default, CancellationToken.None)) Assert.False(posts.CorrectClock(answer.Date));

        Assert.Equal(["20300101T000000Z", "20300101T010000Z"], dates);
        Assert.Equal(TimeSpan.FromHours(1), posts.Skew);
        Assert.False(posts.CorrectClock(null));
        Assert.True(posts.CorrectClock(_time.GetUtcNow()));
        Assert.Equal(TimeSpan.Zero, posts.Skew);
    }

    public async ValueTask DisposeAsync() => await _service.DisposeAsync();

    private Uri Address => new(_service.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private SignedPosts Open() => new(Address, "eu-central-1", "service", new BasicAWSCredentials("key", "secret"), MaxAnswerBytes, _time);
}
