using OrleansShop.ServiceDefaults;
using OrleansShop.ServiceDefaults.Health;
using OrleansShop.ServiceDefaults.Limits;
using OrleansShop.Strangler.Bridge.Diagnostics;
using OrleansShop.Strangler.Bridge.Startup;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Sql;
using OrleansShop.Strangler.Sql.Databases;
using OrleansShop.Strangler.Sql.Users;

namespace OrleansShop.Strangler.Bridge;

/// <summary>
/// The bridge as an application that this project's executable runs alone and others run among theirs. It stands beside the monolith
/// and is the only other process that touches the monolith's database.
/// </summary>
public static class BridgeApplication
{
    private const string DefaultUrl = "http://127.0.0.1:9967";
    private const int ConfigurationExitCode = 2;

    /// <summary>Twice the largest batch of the largest rows that a manifest's tables can be expected to have.</summary>
    private const long MaxRequestBodyBytes = 8 * 1024 * 1024;

    /// <summary>Builds the bridge. Start it with <see cref="WebApplication.StartAsync"/> or run it.</summary>
    /// <param name="args">The command line: configuration keys such as <c>--Bridge:Database:ConnectionString=…</c>.</param>
    /// <param name="configure">Changes the builder before anything reads the configuration; null for no change.</param>
    /// <exception cref="CapabilityConfigurationException">The configuration is wrong; the exception lists every fault.</exception>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddCapabilityFile();
        configure?.Invoke(builder);
        builder.ListenByDefault(DefaultUrl);
        builder.Services.Configure<RequestLimitOptions>(static limits => limits.MaxRequestBodyBytes = MaxRequestBodyBytes);
        builder.AddServiceDefaults("bridge");
        AddBridge(builder);

        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapBridge();
        return app;
    }

    /// <summary>Builds and runs the bridge until it is told to stop.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The exit code: 0, or 2 when the configuration cannot be used or does not fit the database; the reasons are on standard error.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = Create(args);
            await app.RunAsync();
            return app.Services.GetRequiredService<SchemaStartup>().Fault is null ? 0 : ConfigurationExitCode;
        }
        catch (Exception unusable) when (unusable is CapabilityConfigurationException or Microsoft.Extensions.Options.OptionsValidationException)
        {
            await Console.Error.WriteLineAsync(unusable.Message);
            return ConfigurationExitCode;
        }
    }

    private static void AddBridge(WebApplicationBuilder builder)
    {
        var catalog = CapabilityCatalog.Read(builder.Configuration);
        var users = UserTable.Read(builder.Configuration);
        var services = builder.Services;
        services.AddSingleton(catalog);
        services.AddOptions<MonolithDatabaseOptions>().BindConfiguration(MonolithDatabaseOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<BridgeOptions>().BindConfiguration(BridgeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new SqlMonolithBridge(
            catalog, users, provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<MonolithDatabaseOptions>>().Value));
        services.AddSingleton<IMonolithBridge>(static provider => provider.GetRequiredService<SqlMonolithBridge>());
        services.AddSingleton(static provider => provider.GetRequiredService<SqlMonolithBridge>().Ledger);
        services.AddSingleton<BridgeMetrics>();
        services.AddSingleton<SchemaStartup>();
        services.AddHostedService(static provider => provider.GetRequiredService<SchemaStartup>());
        services.AddHealthChecks().AddCheck<DatabaseCheck>("monolith-database", tags: [HealthEndpoints.ReadyTag]);
    }
}
