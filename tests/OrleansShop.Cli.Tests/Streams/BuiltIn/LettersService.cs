using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Orleans.Streams.Core;
using OrleansShop.ServiceDefaults;
using OrleansShop.ServiceDefaults.Silos;
using OrleansShop.ServiceDefaults.Streams;
using OrleansShop.Strangler.Events;

namespace OrleansShop.Cli.Tests.Streams;

/// <summary>A real service in this process: a silo with the stream provider that all services have, a grain that does not take every event, and the endpoints that the gateway asks.</summary>
internal sealed class LettersService : IAsyncDisposable
{
    private LettersService(WebApplication app) => App = app;

    public WebApplication App { get; }

    public string Address => App.Urls.Single();

    public static async Task<LettersService> StartAsync(string dataFolder, Dictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Storage:DataFolder"] = dataFolder,
            ["Cluster:Id"] = Guid.NewGuid().ToString("N"),
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.AddServiceDefaults("letters");
        builder.AddServiceGrains(new ServiceGrains("letters", [typeof(PickyGrain)]));
        builder.AddSilo();
        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapStreamOperations();
        await app.StartAsync();
        return new LettersService(app);
    }

    public Task PublishAsync(string key, string text) =>
        App.Services.GetRequiredKeyedService<IStreamProvider>(EventStreams.Provider).GetStream<LetterEvent>(StreamId.Create("letters", key)).OnNextAsync(new LetterEvent(text));

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

[GenerateSerializer]
public sealed record LetterEvent([property: Id(0)] string Text);

public interface IPickyGrain : IGrainWithStringKey;

/// <summary>Takes no event that begins with "bad", unless its key is among the healed.</summary>
[GrainType("picky")]
[ImplicitStreamSubscription("letters")]
internal sealed class PickyGrain : Grain, IPickyGrain, IStreamSubscriptionObserver
{
    public static ConcurrentDictionary<string, bool> Healed { get; } = new();

    public static ConcurrentDictionary<string, ConcurrentQueue<string>> Taken { get; } = new();

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<LetterEvent>().ResumeAsync((item, _) =>
    {
        var key = this.GetPrimaryKeyString();
        if (item.Text.StartsWith("bad", StringComparison.Ordinal) && !Healed.ContainsKey(key))
        {
            throw new InvalidOperationException($"This grain\ntakes no [red]{item.Text}[/].");
        }

        Taken.GetOrAdd(key, static _ => new()).Enqueue(item.Text);
        return Task.CompletedTask;
    });
}
