using OrleansShop.ServiceDefaults;
using OrleansShop.ServiceDefaults.Silos;
using OrleansShop.Strangler.Admission;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Serving;

namespace OrleansShop.Strangler.Example.Tests.Service;

/// <summary>The grain service of the catalogue: a silo and an HTTP API in one process.</summary>
internal static class StockService
{
    public const string Name = "stock";

    public static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddCapabilityFile();
        builder.AddServiceDefaults(Name);
        AddStock(builder);
        builder.AddSilo();

        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapCapability(Name);
        app.MapGroup("/shop").RequireCapability(Name).MapArticles();
        return app;
    }

    private static void AddStock(WebApplicationBuilder builder)
    {
        builder.AddServiceGrains(ServiceGrains.Of(Name, typeof(ArticleGrain).Assembly));
        builder.Services.AddMonolithBridge();
        builder.Services.AddCapability<IStockCapabilityGrain, StockContent>(Name);
        builder.Services.AddEntityKind(Name, ArticleMapping.Kind, new ArticleMapping());
    }

    /// <summary>The kinds of entity with their grains.</summary>
    private sealed class StockContent(IGrainFactory grains)
        : IndexedContent(new Dictionary<string, Func<Keys.EntityId, IMigratableGrain>> { [ArticleMapping.Kind] = grains.GetEntity<IArticleGrain> });
}
