using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrleansShop.Gateway.Repair;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;
using OrleansShop.Strangler.Rollout;

namespace OrleansShop.Gateway.Tests.Fixtures;

/// <summary>A stub backend that also has a grain service's endpoints for gateways, with faults on demand.</summary>
internal sealed class FakeService(string capability) : IAsyncDisposable
{
    private StubBackend? _backend;
    private long _epoch;

    public StubBackend Backend => _backend!;

    public CapabilityPhase Phase { get; private set; } = CapabilityPhase.Monolith;

    public int Percent { get; private set; }

    public ListSide Lists { get; private set; }

    /// <summary>What it is asked to place, and what it says of it.</summary>
    public Func<PlaceOrder, IResult> Place { get; set; } = static _ => Results.Json(new { owner = EntityOwner.Monolith });

    /// <summary>The orders that it was given, and what it answers to each.</summary>
    public Func<CapabilityOrder, IResult?> Order { get; set; } = static _ => null;

    public List<CapabilityOrder> Orders { get; } = [];

    /// <summary>How many times it was asked to place something.</summary>
    public int Placed { get; private set; }

    /// <summary>What it says of a rollout.</summary>
    public RolloutOutcome? Rollout { get; set; }

    /// <summary>The figures that gateways have told.</summary>
    public ConcurrentQueue<GatewayFigures> Figures { get; } = new();

    /// <summary>The orders for rollouts, with their paths.</summary>
    public ConcurrentQueue<(string Path, RolloutRequest Order)> RolloutOrders { get; } = new();

    public Func<HttpContext, Task> BeforeStatus { get; set; } = static _ => Task.CompletedTask;

    public static async Task<FakeService> StartAsync(string capability, int port = 0)
    {
        var service = new FakeService(capability);
        service._backend = await StubBackend.StartAsync(capability, service.Map, port);
        return service;
    }

    public ValueTask DisposeAsync() => Backend.DisposeAsync();

    /// <summary>Stands elsewhere from now on, as after an order.</summary>
    public void MoveTo(CapabilityPhase phase, int percent = 0, ListSide lists = ListSide.Monolith, long? epoch = null) =>
        (Phase, Percent, Lists, _epoch) = (phase, percent, lists, epoch ?? _epoch + 1);

    /// <summary>The same service in one more process.</summary>
    public void Map(StubBackend backend) => MapOn(backend.App);

    public void MapOn(WebApplication app)
    {
        app.MapGet($"/strangler/{capability}", async (HttpContext http) =>
        {
            await BeforeStatus(http);
            return Status();
        });
        app.MapPost($"/strangler/{capability}/place", (PlaceOrder order) =>
        {
            Placed++;
            return Place(order);
        });
        app.MapPost($"/strangler/{capability}/orders", (CapabilityOrder order) =>
        {
            Orders.Add(order);
            return Order(order) ?? Results.Json(Status());
        });
        app.MapPost($"/strangler/{capability}/figures", (GatewayFigures figures) => Figures.Enqueue(figures));
        foreach (var path in new[] { "/rollout", "/rollout/stop" })
        {
            app.MapPost($"/strangler/{capability}{path}", (RolloutRequest order) =>
            {
                RolloutOrders.Enqueue((path, order));
                return path == "/rollout" ? Results.Json(new { outcome = "Running" }) : Results.Problem("No rollout runs.", statusCode: 409);
            });
        }

        app.MapGet($"/strangler/{capability}/rollout", static () => new { outcome = "Running" });
        app.MapGet($"/strangler/{capability}/history", static () => new[] { new { by = "someone" } });
        app.MapPost($"/strangler/{capability}/verify", static () => new { isRunning = true });
        app.MapGet($"/strangler/{capability}/verify", static () => Results.Problem("This process has not compared the capability yet.", statusCode: 404));
    }

    private CapabilityStatus Status() => new(capability, Phase, _epoch, ChangedAt: null, By: null, Percent, Lists, Rollout: Rollout);
}
