using System.Net.Http.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Moving;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;
using OrleansShop.Strangler.Rollout;
using OrleansShop.Strangler.Serving;
using OrleansShop.Strangler.Tests.Capabilities;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Strangler.Tests.Moving;

/// <summary>A cluster that serves the library's books beside a monolith in memory.</summary>
internal sealed class MovingLibrary : IAsyncDisposable
{
    /// <summary>A rollout that a test can wait for.</summary>
    private static readonly (string Key, string? Value)[] Quickly =
    [
        ("Capabilities:books:Rollout:Steps:0", "10"),
        ("Capabilities:books:Rollout:Steps:1", "50"),
        ("Capabilities:books:Rollout:Steps:2", "100"),
        ("Capabilities:books:Rollout:BakeTime", "00:00:00.300"),
        ("Capabilities:books:Rollout:MinRequests", "20"),
        ("Capabilities:books:Rollout:Lists", "true"),
    ];

    private readonly LoansService _loans;

    private MovingLibrary(InProcessTestCluster cluster, LedgeredMonolith monolith, LoansService loans) => (Cluster, Monolith, _loans) = (cluster, monolith, loans);

    internal InProcessTestCluster Cluster { get; }

    internal LedgeredMonolith Monolith { get; }

    /// <summary>How the service of the loans, which belong to books, says that they stand.</summary>
    internal CapabilityStatus Loans { get => _loans.Status; set => _loans.Status = value; }

    internal IMovedBooksGrain Capability => Cluster.Client.GetGrain<IMovedBooksGrain>("books");

    internal static async Task<MovingLibrary> StartAsync(int books = 0, short silos = 1, bool mayLag = false)
    {
        var index = new UnreadIndex();
        var monolith = new LedgeredMonolith();
        var loans = new LoansService();
        for (var id = 1; id <= books; id++) monolith.Write(BookMapping.RowsOf(id, $"Title {id}"));

        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage("books");
            var services = silo.Services;
            services.AddSingleton<IConfiguration>(Library.Configuration([.. Quickly, ("Capabilities:books:Replication", mayLag ? "Lag" : "Sync")]));
            services.AddSingleton(TimeProvider.System);
            services.AddSingleton<IMonolithBridge>(monolith);
            services.AddSingleton<IOwnershipLedger>(monolith);
            services.AddKeyedSingleton<IEntityIndex>("books", index);
            services.AddSingleton(provider => new EntityKind<Book>(
                provider.GetRequiredService<CapabilityCatalog>().Get("books").FindEntity("book")!, new BookMapping(),
                provider.GetRequiredKeyedService<IEntityIndex>("books"), monolith, provider.GetRequiredKeyedService<ICapabilityView>("books"))
            {
                Ledger = monolith,
            });
            services.AddCapability<IMovedBooksGrain, BooksContent>("books").PostConfigure<MovingOptions>(static options =>
            {
                options.SweepPeriod = TimeSpan.FromMilliseconds(50);
                options.FeedPeriod = TimeSpan.FromMilliseconds(20);
                options.RetryDelay = TimeSpan.FromMilliseconds(10);
                options.MaxRetryDelay = TimeSpan.FromMilliseconds(200);
                options.PageSize = 100;
            });
            services.AddHttpClient("Strangler:Siblings").ConfigurePrimaryHttpMessageHandler(() => new LoansHandler(loans));
            services.PostConfigure<RolloutOptions>(static options => options.Interval = TimeSpan.FromMilliseconds(50));
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new MovingLibrary(cluster, monolith, loans);
    }

    internal IBookGrain Book(long id) => Cluster.Client.GetGrain<IBookGrain>(id);

    internal Task<OrderAnswer> OrderAsync(OrderKind kind, int? percent = null, ListSide? lists = null, long? epoch = null) =>
        Capability.OrderAsync(new CapabilityOrder(kind, "jo", "10.0.0.1", percent, lists, epoch, Reason: "A test."));

    internal async Task<CapabilityStatus> AcceptedAsync(OrderKind kind, int? percent = null, ListSide? lists = null)
    {
        var answer = await OrderAsync(kind, percent, lists);
        Assert.True(answer.Result == OrderResult.Accepted, answer.Detail);
        return answer.Status;
    }

    internal Task UntilAsync(Func<CapabilityStatus, bool> condition, string what) => Eventually.Holds(async () => condition(await Capability.GetAsync()), what);

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    private sealed class LoansService
    {
        internal CapabilityStatus Status { get; set; } = new("loans", CapabilityPhase.Monolith, 0, null, null);
    }

    private sealed class LoansHandler(LoansService loans) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = JsonContent.Create(loans.Status, options: CapabilityJson.Options) });
    }

    private sealed class BooksContent(IGrainFactory grains)
        : IndexedContent(new Dictionary<string, Func<EntityId, IMigratableGrain>> { ["book"] = id => grains.GetEntity<IBookGrain>(id) });
}
