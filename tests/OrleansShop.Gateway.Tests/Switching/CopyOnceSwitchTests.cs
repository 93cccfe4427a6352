using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OrleansShop.Gateway.Phases;
using OrleansShop.Gateway.Switching;
using OrleansShop.Gateway.Tests.Fixtures;
using OrleansShop.Strangler.Phases;
using Xunit;

namespace OrleansShop.Gateway.Tests.Switching;

public sealed class CopyOnceSwitchTests
{
    private const string Api = "/petclinic/api";

    [Fact]
    public async Task While_a_capability_is_copied_its_writes_wait_and_its_reads_go_on()
    {
        await using var clinic = await Clinic.StartAsync();
        var copied = PauseCopy(clinic.Services["pets"], out var copying);
        var switching = clinic.Gateway.SwitchAsync("pets", "grains");
        await copying.WaitAsync(TimeSpan.FromSeconds(20));

        foreach (var (method, path) in new[]
        {
            (HttpMethod.Post, "/owners/1/pets"), (HttpMethod.Put, "/pets/1"), (HttpMethod.Delete, "/pettypes/1"), (HttpMethod.Delete, "/owners/1"),
        })
        {
            using var request = new HttpRequestMessage(method, Api + path);
            using var held = await clinic.Gateway.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, held.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), held.Headers.RetryAfter?.Delta);
            Assert.Contains("pets", (await TestGateway.ProblemAsync(held)).Detail, StringComparison.Ordinal);
        }

        Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Get, $"{Api}/pets")).Backend);
        Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Put, $"{Api}/owners/1")).Backend);
        Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Delete, $"{Api}/visits/1")).Backend);
        var standing = await clinic.Gateway.CapabilityAsync("pets");
        Assert.Equal("Switching", standing.GetProperty("state").GetString());
        Assert.True(standing.GetProperty("writesHeld").GetBoolean());

        copied.SetResult();
        using var ended = await switching;
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Equal("pets", (await clinic.Gateway.EchoAsync(HttpMethod.Put, $"{Api}/pets/1")).Backend);
    }

    [Fact]
    public async Task Writes_on_their_way_end_before_the_copy_begins()
    {
        await using var clinic = await Clinic.StartAsync();
        var arrived = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        clinic.Monolith.Answer = async http =>
        {
            arrived.SetResult();
            await finish.Task;
            await http.Response.WriteAsync("done");
        };
        var write = clinic.Gateway.Client.PostAsync($"{Api}/visits", null);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));

        var switching = clinic.Gateway.SwitchAsync("visits", "grains");
        await Eventually.Holds(
            async () => (await clinic.Gateway.CapabilityAsync("visits")).GetProperty("writesHeld").GetBoolean(), "the switch holds writes");
        Assert.Empty(clinic.Services["visits"].Operations);

        finish.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await write).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await switching).StatusCode);
        Assert.Equal("import by test", Assert.Single(clinic.Services["visits"].Operations));
    }

    [Fact]
    public async Task A_write_that_does_not_end_in_time_fails_the_switch_and_nothing_else()
    {
        await using var clinic = await Clinic.StartAsync(new() { ["Gateway:Switching:DrainTimeout"] = "00:00:00.2" });
        var finish = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        clinic.Monolith.Answer = async http =>
        {
            arrived.SetResult();
            await finish.Task;
            await http.Response.WriteAsync("done");
        };
        var write = clinic.Gateway.Client.PostAsync($"{Api}/visits", null);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));

        await AssertFailedAsync(clinic, "visits", "grains", "step Drain", "1 writes");

        finish.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await write).StatusCode);
        Assert.Empty(clinic.Services["visits"].Operations);
    }

    [Theory]
    [InlineData("grains", 500)]
    [InlineData("grains", 409)]
    [InlineData("monolith", 503)]
    public async Task A_copy_that_the_service_refuses_leaves_everything_as_it_was(string to, int status)
    {
        await using var clinic = await Clinic.StartAsync();
        var service = clinic.Services["owners"];
        if (to == "monolith")
        {
            await clinic.SwitchAsync("owners", "grains");
        }

        var before = service.Phase;
        service.DuringCopy = _ => throw new BadHttpRequestException("not today", status);

        await AssertFailedAsync(clinic, "owners", to, "step Copy", $"{status}");

        Assert.Equal(before, service.Phase);
        service.DuringCopy = static _ => Task.CompletedTask;
        await clinic.SwitchAsync("owners", to);
    }

    [Theory]
    [InlineData("grains")]
    [InlineData("monolith")]
    public async Task A_lost_answer_of_a_copy_that_was_done_is_found_out(string to)
    {
        await using var clinic = await Clinic.StartAsync();
        if (to == "monolith")
        {
            await clinic.SwitchAsync("owners", "grains");
        }

        clinic.Services["owners"].AfterCopy = static http =>
        {
            http.Abort();
            return Task.CompletedTask;
        };
        await clinic.SwitchAsync("owners", to);
        Assert.Equal(to, await clinic.Gateway.PhaseAsync("owners"), ignoreCase: true);
    }

    [Fact]
    public async Task A_copy_whose_answer_and_status_are_lost_is_undone_when_the_service_is_back()
    {
        await using var clinic = await Clinic.StartAsync();
        var service = clinic.Services["owners"];
        service.AfterCopy = http =>
        {
            service.BeforeStatus = static status =>
            {
                status.Abort();
                return Task.CompletedTask;
            };
            http.Abort();
            return Task.CompletedTask;
        };

        await AssertFailedAsync(clinic, "owners", "grains", "step Copy", "no answer");
        Assert.Equal(CapabilityPhase.Grains, service.Phase);

        service.BeforeStatus = static _ => Task.CompletedTask;
        await Eventually.Holds(() => Task.FromResult(service.Phase == CapabilityPhase.Monolith), "the service discards its copy");
        Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Post, $"{Api}/owners")).Backend);
    }

    [Fact]
    public async Task A_silent_service_fails_the_switch_before_any_write_is_held()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.Services["owners"].DisposeAsync();
        await AssertFailedAsync(clinic, "owners", "grains", "step Record", "owners service");
    }

    [Fact]
    public async Task A_service_in_the_middle_of_another_transition_is_left_alone()
    {
        await using var clinic = await Clinic.StartAsync();
        clinic.Services["owners"].Pending = new PendingTransition(1, CapabilityPhase.Grains, DateTimeOffset.UnixEpoch, "someone");
        await AssertFailedAsync(clinic, "owners", "grains", "step Record", "busy");
        Assert.Empty(clinic.Services["owners"].Operations);
    }

    [Fact]
    public async Task Only_one_switch_runs_at_a_time()
    {
        await using var clinic = await Clinic.StartAsync();
        var copied = PauseCopy(clinic.Services["pets"], out var copying);
        var first = clinic.Gateway.SwitchAsync("pets", "grains");
        await copying.WaitAsync(TimeSpan.FromSeconds(20));

        using var second = await clinic.Gateway.SwitchAsync("vets", "grains");
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Contains("Switch 1 of pets", (await TestGateway.ProblemAsync(second)).Detail, StringComparison.Ordinal);
        using var same = await clinic.Gateway.SwitchAsync("pets", "grains");
        Assert.Equal(HttpStatusCode.Conflict, same.StatusCode);

        copied.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        await clinic.SwitchAsync("vets", "grains");
    }

    [Fact]
    public async Task A_long_switch_is_answered_202_and_can_be_watched()
    {
        await using var clinic = await Clinic.StartAsync(new() { ["Gateway:Switching:AnswerTimeout"] = "00:00:00" });
        var copied = PauseCopy(clinic.Services["pets"], out var copying);

        using var accepted = await clinic.Gateway.SwitchAsync("pets", "grains");
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        await copying.WaitAsync(TimeSpan.FromSeconds(20));
        var progress = await clinic.Gateway.Client.GetFromJsonAsync<JsonElement>(accepted.Headers.Location);
        Assert.Equal(("Running", "Copy"), (progress.GetProperty("outcome").GetString(), progress.GetProperty("step").GetString()));

        copied.SetResult();
        await Eventually.Holds(
            async () => (await clinic.Gateway.Client.GetFromJsonAsync<JsonElement>(accepted.Headers.Location)).GetProperty("outcome").GetString() == "Succeeded",
            "the switch succeeds");
    }

    [Fact]
    public async Task Reads_do_not_fail_between_the_services_end_of_an_export_and_the_gateways_commit()
    {
        var reachedCopy = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var armed = false;
        await using var clinic = await Clinic.StartAsync(probe: new SwitchProbe
        {
            AfterAsync = async (step, cancelled) =>
            {
                if (armed && step == SwitchStep.Copy)
                {
                    reachedCopy.SetResult();
                    await goOn.Task.WaitAsync(cancelled);
                }
            },
        });
        var service = clinic.Services["vets"];
        await clinic.SwitchAsync("vets", "grains");
        service.Backend.Answer = static http =>
        {
            http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return http.Response.WriteAsync("not mine");
        };

        armed = true;
        var switching = clinic.Gateway.SwitchAsync("vets", "monolith");
        await reachedCopy.Task.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal("Grains", (await clinic.Gateway.CapabilityAsync("vets")).GetProperty("phase").GetString());
        Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Get, $"{Api}/vets/1")).Backend);
        goOn.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await switching).StatusCode);
    }

    [Fact]
    public async Task A_gateway_that_stops_during_a_copy_gives_the_switch_up()
    {
        await using var clinic = await Clinic.StartAsync();
        PauseCopy(clinic.Services["pets"], out var copying);
        var switching = clinic.Gateway.SwitchAsync("pets", "grains");
        await copying.WaitAsync(TimeSpan.FromSeconds(20));

        await clinic.RestartGatewayAsync();

        await Task.WhenAny(switching).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("Monolith", await clinic.Gateway.PhaseAsync("pets"));
        Assert.Equal("Failed", (await clinic.Gateway.CapabilityAsync("pets")).GetProperty("lastSwitch").GetProperty("outcome").GetString());
        Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Put, $"{Api}/pets/1")).Backend);
    }

    /// <summary>Makes a service's copy wait.</summary>
    private static TaskCompletionSource PauseCopy(FakeService service, out Task copying)
    {
        var copied = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        copying = begun.Task;
        service.DuringCopy = async http =>
        {
            begun.TrySetResult();
            await copied.Task.WaitAsync(http.RequestAborted);
        };
        return copied;
    }

    private static async Task AssertFailedAsync(Clinic clinic, string capability, string to, params string[] reasons)
    {
        var before = await clinic.Gateway.PhaseAsync(capability);
        using var response = await clinic.Gateway.SwitchAsync(capability, to);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var detail = (await TestGateway.ProblemAsync(response)).Detail;
        foreach (var reason in reasons)
        {
            Assert.Contains(reason, detail, StringComparison.Ordinal);
        }

        var after = await clinic.Gateway.CapabilityAsync(capability);
        Assert.Equal(before, after.GetProperty("phase").GetString());
        Assert.False(after.GetProperty("writesHeld").GetBoolean());
        Assert.Equal("Failed", after.GetProperty("lastSwitch").GetProperty("outcome").GetString());
    }
}
