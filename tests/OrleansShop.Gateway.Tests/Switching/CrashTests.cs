using System.Net.Http.Json;
using System.Text.Json;
using OrleansShop.Gateway.Phases;
using OrleansShop.Gateway.Switching;
using OrleansShop.Gateway.Tests.Fixtures;
using Xunit;

namespace OrleansShop.Gateway.Tests.Switching;

/// <summary>Kills the gateway after each step of a switch and looks at what the next start makes of it.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData("grains", "Record", "Monolith")]
    [InlineData("grains", "Hold", "Monolith")]
    [InlineData("grains", "Drain", "Monolith")]
    [InlineData("grains", "Copy", "Monolith")]
    [InlineData("grains", "Commit", "Grains")]
    [InlineData("monolith", "Record", "Grains")]
    [InlineData("monolith", "Hold", "Grains")]
    [InlineData("monolith", "Drain", "Grains")]
    [InlineData("monolith", "Copy", "Monolith")]
    [InlineData("monolith", "Commit", "Monolith")]
    public async Task After_a_crash_gateway_and_service_agree_and_serve(string to, string killedAfter, string phase)
    {
        var step = Enum.Parse<SwitchStep>(killedAfter);
        var reached = new TaskCompletionSource();
        var armed = false;
        async Task HangAsync(SwitchStep passed, CancellationToken cancelled)
        {
            if (armed && passed == step && reached.TrySetResult())
            {
                await Task.Delay(Timeout.Infinite, cancelled);
            }
        }

        await using var clinic = await Clinic.StartAsync(probe: new SwitchProbe
        {
            AfterAsync = HangAsync,
            BeforeReleaseAsync = async cancelled => await HangAsync(SwitchStep.Commit, cancelled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing),
        });
        if (to == "monolith")
        {
            await clinic.SwitchAsync("owners", "grains");
        }

        armed = true;
        var abandoned = clinic.Gateway.SwitchAsync("owners", to);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await using var successor = await clinic.StartSuccessorAsync();

        await Eventually.Holds(
            async () => (await successor.CapabilityAsync("owners")).GetProperty("state").GetString() == "Steady", "gateway and service agree");
        var standing = await successor.CapabilityAsync("owners");
        Assert.Equal(phase, standing.GetProperty("phase").GetString());
        Assert.Equal(phase, standing.GetProperty("service").GetProperty("phase").GetString());
        Assert.Equal(phase, clinic.Services["owners"].Phase.ToString());

        var side = phase == "Grains" ? "owners" : "monolith";
        Assert.Equal(side, (await successor.EchoAsync(HttpMethod.Get, "/petclinic/api/owners/1")).Backend);
        Assert.Equal(side, (await successor.EchoAsync(HttpMethod.Put, "/petclinic/api/owners/1")).Backend);

        var history = await successor.Client.GetFromJsonAsync<JsonElement>("/admin/history?capability=owners");
        var outcomes = history.GetProperty("switches").EnumerateArray().Select(static entry => entry.GetProperty("outcome").GetString()).ToList();
        Assert.Equal(step == SwitchStep.Commit, !outcomes.Contains("Interrupted"));

        // The way is free for the next switch.
        using var again = await successor.SwitchAsync("owners", to);
        Assert.True(again.IsSuccessStatusCode, await again.Content.ReadAsStringAsync());

        await clinic.Gateway.DisposeAsync();
        await Task.WhenAny(abandoned).WaitAsync(TimeSpan.FromSeconds(20));
    }
}
