using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansShop.Gateway.Tests.Fixtures;
using Xunit;

namespace OrleansShop.Cli.Tests.Streams;

/// <summary>The command line, a gateway and a service with streams, all real.</summary>
public sealed class StreamCommandTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stream-commands-");
    private readonly string _key = Guid.NewGuid().ToString("N");

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return default;
    }

    [Fact]
    public async Task A_dead_letter_is_listed_shown_sent_again_and_then_gone()
    {
        await using var service = await LettersService.StartAsync(_folder.FullName);
        await using var clinic = await ClinicOf(service);
        var id = await DeadLetter(clinic, service, "bad news");

        var (exitCode, output, _) = await RunAsync(clinic, "deadletters", "list", "--stream-key", _key);
        Assert.Equal(ExitCodes.Done, exitCode);
        var line = Assert.Single(output.Split('\n'), line => line.Contains(id, StringComparison.Ordinal));
        Assert.Contains($"letters/{_key}", line, StringComparison.Ordinal);
        Assert.Contains($"picky/{_key}", line, StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException", line, StringComparison.Ordinal);
        Assert.Contains("This grain takes no [red]bad news[/].", line, StringComparison.Ordinal);
        Assert.Contains(" 5 ", line, StringComparison.Ordinal);

        (exitCode, output, _) = await RunAsync(clinic, "deadletters", "show", id);
        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Contains("""[{"text":"bad news"}]""", output, StringComparison.Ordinal);
        Assert.Contains(nameof(PickyGrain), output, StringComparison.Ordinal);

        PickyGrain.Healed[_key] = true;
        (exitCode, output, _) = await RunAsync(clinic, "deadletters", "redrive", id, "--dry-run");
        Assert.Equal((ExitCodes.Done, "1 dead letters would be sent again."), (exitCode, output.Trim()));
        (exitCode, output, _) = await RunAsync(clinic, "deadletters", "redrive", id);
        Assert.Equal((ExitCodes.Done, "1 of 1 dead letters were sent again."), (exitCode, output.Trim()));

        await Eventually.Holds(() => PickyGrain.Taken.TryGetValue(_key, out var taken) && taken.SequenceEqual(["bad news"]), "the grain got it");
        (exitCode, _, var error) = await RunAsync(clinic, "deadletters", "show", id);
        Assert.Equal(ExitCodes.Refused, exitCode);
        Assert.Contains(id, error, StringComparison.Ordinal);
        (exitCode, _, _) = await RunAsync(clinic, "deadletters", "redrive", id);
        Assert.Equal(ExitCodes.Refused, exitCode);
    }

    [Fact]
    public async Task Queues_have_a_line_each_with_their_dead_letters()
    {
        await using var service = await LettersService.StartAsync(_folder.FullName);
        await using var clinic = await ClinicOf(service);
        await DeadLetter(clinic, service, "bad news");

        var (exitCode, output, _) = await RunAsync(clinic, "queues");
        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Equal(8, output.Split('\n').Count(static line => line.Contains("events-", StringComparison.Ordinal)));

        (_, output, _) = await RunAsync(clinic, "queues", "--json");
        using var json = JsonDocument.Parse(output);
        var queues = json.RootElement.GetProperty("queues").EnumerateArray().ToList();
        Assert.Equal(8, queues.Count);
        Assert.Equal(1, queues.Sum(static queue => queue.GetProperty("deadLetters").GetInt64()));
        Assert.All(queues, queue => Assert.Equal(service.Address, queue.GetProperty("process").GetString()));
    }

    [Fact]
    public async Task Purging_asks_for_a_confirmation_and_takes_what_the_filter_means()
    {
        await using var service = await LettersService.StartAsync(_folder.FullName);
        await using var clinic = await ClinicOf(service);
        await DeadLetter(clinic, service, "bad news");

        var (exitCode, _, error) = await RunAsync(clinic, "deadletters", "purge", "--stream-key", _key);
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains("--yes", error, StringComparison.Ordinal);
        (exitCode, var output, _) = await RunAsync(clinic, "deadletters", "purge", "--stream-key", _key, "--dry-run");
        Assert.Equal((ExitCodes.Done, "1 dead letters would be thrown away."), (exitCode, output.Trim()));
        (exitCode, output, _) = await RunAsync(clinic, "deadletters", "purge", "--exception", "TimeoutException", "--yes");
        Assert.Equal((ExitCodes.Done, "0 of 0 dead letters were thrown away."), (exitCode, output.Trim()));
        (exitCode, output, _) = await RunAsync(clinic, "deadletters", "purge", "--older-than", "1h", "--yes");
        Assert.Equal((ExitCodes.Done, "0 of 0 dead letters were thrown away."), (exitCode, output.Trim()));
        (exitCode, output, _) = await RunAsync(
            clinic, "deadletters", "purge", "--provider", "events", "--namespace", "letters", "--stream-key", _key, "--grain", "picky", "--exception", "InvalidOperationException", "--younger-than", "1h", "--yes");
        Assert.Equal((ExitCodes.Done, "1 of 1 dead letters were thrown away."), (exitCode, output.Trim()));

        (_, output, _) = await RunAsync(clinic, "deadletters", "list", "--json");
        using var json = JsonDocument.Parse(output);
        Assert.Empty(json.RootElement.GetProperty("deadLetters").EnumerateArray());
    }

    [Fact]
    public async Task What_two_processes_share_counts_once()
    {
        await using var one = await LettersService.StartAsync(_folder.FullName);
        await using var other = await LettersService.StartAsync(_folder.FullName);
        await using var clinic = await ClinicOf(one, new() { ["Capabilities:pets:Service"] = other.Address });
        await DeadLetter(clinic, one, "bad news");

        var (exitCode, output, _) = await RunAsync(clinic, "deadletters", "purge", "--all", "--dry-run");
        Assert.Equal((ExitCodes.Done, "1 dead letters would be thrown away."), (exitCode, output.Trim()));
        (exitCode, output, _) = await RunAsync(clinic, "deadletters", "purge", "--all", "--yes");
        Assert.Equal((ExitCodes.Done, "1 of 1 dead letters were thrown away."), (exitCode, output.Trim()));
    }

    [Theory]
    [InlineData("queues")]
    [InlineData("deadletters", "list")]
    [InlineData("deadletters", "redrive", "--all", "--dry-run")]
    public async Task A_process_that_does_not_answer_is_named_and_the_exit_code_says_that_something_is_missing(params string[] command)
    {
        await using var service = await LettersService.StartAsync(_folder.FullName);
        await using var clinic = await ClinicOf(service, new() { ["Capabilities:pets:Service"] = "http://127.0.0.1:1" });

        var (exitCode, output, _) = await RunAsync(clinic, command);

        Assert.Equal(ExitCodes.Incomplete, exitCode);
        Assert.Contains("No answer from http://127.0.0.1:1", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("queues")]
    [InlineData("deadletters", "list")]
    [InlineData("deadletters", "redrive", "--all", "--dry-run")]
    [InlineData("deadletters", "purge", "--all", "--yes")]
    public async Task An_address_that_is_kept_free_for_a_further_process_is_named_and_nothing_is_missing(params string[] command)
    {
        await using var service = await LettersService.StartAsync(_folder.FullName);
        await using var clinic = await ClinicOf(service, new() { ["Capabilities:pets:Service"] = $"{service.Address};http://127.0.0.1:1" });

        var (exitCode, output, _) = await RunAsync(clinic, command);

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Contains("Absent: http://127.0.0.1:1", output, StringComparison.Ordinal);
        Assert.DoesNotContain("No answer from", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_that_is_no_service_counts_as_silent()
    {
        // The stubs behind the gateway answer every path, with something else.
        await using var clinic = await Clinic.StartAsync();

        var (exitCode, output, _) = await RunAsync(clinic, "queues");

        Assert.Equal(ExitCodes.Incomplete, exitCode);
        Assert.Equal(4, output.Split('\n').Count(static line => line.StartsWith("No answer from", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_dead_letter_that_may_be_where_nobody_answers_is_not_said_to_be_missing()
    {
        await using var service = await LettersService.StartAsync(_folder.FullName);
        await using var clinic = await ClinicOf(service, new() { ["Capabilities:pets:Service"] = "http://127.0.0.1:1" });

        var (exitCode, _, error) = await RunAsync(clinic, "deadletters", "show", "events/1-2", "--json");

        Assert.Equal(ExitCodes.Refused, exitCode);
        using var problem = JsonDocument.Parse(error);
        Assert.Equal(503, problem.RootElement.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task The_services_key_is_asked_for_and_sent()
    {
        await using var service = await LettersService.StartAsync(_folder.FullName, new() { ["Strangler:AdminKey"] = "sesame" });
        using var http = new HttpClient();
        using var refused = await http.GetAsync($"{service.Address}/streams/queues");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        await using var stranger = await ClinicOf(service);
        Assert.Equal(ExitCodes.Incomplete, (await RunAsync(stranger, "queues")).ExitCode);
        await using var trusted = await ClinicOf(service, new() { ["Strangler:AdminKey"] = "sesame" });
        Assert.Equal(ExitCodes.Done, (await RunAsync(trusted, "queues")).ExitCode);
    }

    [Fact]
    public async Task The_gateways_key_is_asked_for()
    {
        await using var service = await LettersService.StartAsync(_folder.FullName);
        await using var clinic = await ClinicOf(service, new() { ["Gateway:AdminKey"] = "sesame" });

        Assert.Equal(ExitCodes.Refused, (await RunAsync(clinic, "deadletters", "list")).ExitCode);
        Assert.Equal(ExitCodes.Done, (await RunAsync(clinic, "deadletters", "list", "--key", "sesame")).ExitCode);
    }

    [Theory]
    [InlineData("deadletters", "list", "--limit", "0")]
    [InlineData("deadletters", "list", "--limit", "1001")]
    [InlineData("deadletters", "list", "--older-than", "soon")]
    [InlineData("deadletters", "list", "--older-than", "5")]
    [InlineData("deadletters", "list", "--older-than", "99999d")]
    [InlineData("deadletters", "show")]
    [InlineData("deadletters", "redrive")]
    [InlineData("deadletters", "redrive", "--limit", "5")]
    [InlineData("deadletters", "redrive", "events/1-2", "--grain", "pet")]
    [InlineData("deadletters", "redrive", "events/1-2", "--all")]
    [InlineData("deadletters", "purge", "events/1-2")]
    [InlineData("deadletters", "purge", "--all")]
    [InlineData("queues", "all")]
    public async Task A_wrong_command_line_exits_with_2_and_says_what_is_wrong(params string[] args)
    {
        var (exitCode, _, error) = await RunAsync(args);
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.NotEmpty(error);
    }

    [Theory]
    [InlineData("deadletters", "show", "no-slash")]
    [InlineData("deadletters", "show", "events/")]
    [InlineData("deadletters", "redrive", "/x")]
    public async Task An_id_that_is_none_is_refused_with_the_form_of_one(params string[] command)
    {
        await using var clinic = await Clinic.StartAsync();

        var (exitCode, _, error) = await RunAsync(clinic, command);

        Assert.Equal(ExitCodes.Refused, exitCode);
        Assert.Contains("a slash", error, StringComparison.Ordinal);
    }

    /// <summary>Gateway and service refuse the same, so that nobody gets around the one by asking the other.</summary>
    [Theory]
    [InlineData("GET", "/dead-letters?limit=0", null)]
    [InlineData("GET", "/dead-letters?limit=x", null)]
    [InlineData("GET", "/dead-letters?olderThanSeconds=-1", null)]
    [InlineData("GET", "/dead-letter", null)]
    [InlineData("GET", "/dead-letter?id=x", null)]
    [InlineData("POST", "/dead-letters/redrive", "{}")]
    [InlineData("POST", "/dead-letters/purge", "{\"search\":{}}")]
    [InlineData("POST", "/dead-letters/purge", "{\"search\":{\"limit\":5}}")]
    [InlineData("POST", "/dead-letters/purge", "{\"ids\":[]}")]
    [InlineData("POST", "/dead-letters/purge", "{\"ids\":[null]}")]
    [InlineData("POST", "/dead-letters/purge", "{\"ids\":[\"events/1\"],\"all\":true}")]
    [InlineData("POST", "/dead-letters/purge", "{\"all\":true,\"search\":{\"limit\":100000}}")]
    [InlineData("POST", "/dead-letters/purge", "{\"all\":true,\"by\":\"a\\nb\"}")]
    [InlineData("POST", "/dead-letters/purge", "[")]
    public async Task What_cannot_be_meant_is_a_bad_request(string method, string path, string? body)
    {
        await using var service = await LettersService.StartAsync(_folder.FullName);
        await using var clinic = await ClinicOf(service);
        using var http = new HttpClient();

        foreach (var address in (string[])[$"{service.Address}/streams{path}", $"{clinic.Gateway.Address}admin{path}"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = body is null ? null : new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")) };
            using var answer = await http.SendAsync(request);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{address} answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    private async Task<string> DeadLetter(Clinic clinic, LettersService service, string text)
    {
        await service.PublishAsync(_key, text);
        string? id = null;
        await Eventually.Holds(
            async () =>
            {
                var answer = await clinic.Gateway.Client.GetFromJsonAsync<JsonElement>($"/admin/dead-letters?key={_key}");
                id = answer.GetProperty("deadLetters").EnumerateArray().Select(static letter => letter.GetProperty("id").GetString()).SingleOrDefault();
                return id is not null;
            },
            "the event is a dead letter");
        return id!;
    }

    /// <summary>A gateway with the service in the place of all services, if the settings do not say otherwise.</summary>
    private static Task<Clinic> ClinicOf(LettersService service, Dictionary<string, string?>? settings = null)
    {
        var all = Clinic.Capabilities.ToDictionary(static name => $"Capabilities:{name}:Service", _ => (string?)service.Address);
        foreach (var (key, value) in settings ?? []) all[key] = value;
        return Clinic.StartAsync(all);
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(Clinic clinic, params string[] args) => RunAsync([.. args, "--gateway", clinic.Gateway.Address.ToString()]);

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await Shopctl.RunAsync(args, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
