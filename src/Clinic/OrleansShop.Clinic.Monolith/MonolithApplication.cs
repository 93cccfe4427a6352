using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Configuration.Memory;
using OrleansShop.Clinic.Http;
using OrleansShop.Clinic.Http.Answers;
using OrleansShop.Clinic.Http.Limits;
using OrleansShop.Clinic.Http.Problems;
using OrleansShop.Clinic.Http.Security;
using OrleansShop.Clinic.Monolith.Api;
using OrleansShop.Clinic.Monolith.Clinic;
using OrleansShop.Clinic.Monolith.Documentation;
using OrleansShop.Clinic.Monolith.Health;
using OrleansShop.Clinic.Monolith.Persistence;
using OrleansShop.Clinic.Monolith.Schema;

namespace OrleansShop.Clinic.Monolith;

/// <summary>
/// The Pet Clinic as one layered application: a request goes Api → Clinic (rules, transactions) → Persistence (SQL). To host it inside another process, call
/// <see cref="Create"/> with configuration in <c>configure</c>, then start and stop the application that it returns.
/// </summary>
public static class MonolithApplication
{
    /// <summary>Where the API begins.</summary>
    public const string BasePath = ClinicApi.BasePath;

    /// <summary>Where it listens when configuration says nothing: the port of the original.</summary>
    public const string DefaultUrl = "http://127.0.0.1:9966";

    /// <summary>Weakest of all sources of configuration: a line for each request is more than an operator asks for.</summary>
    private static readonly Dictionary<string, string?> Defaults = new() { ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning" };

    /// <summary>Runs until the process is told to stop. Returns the exit code: 0, or 1 when the configuration is not usable.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var application = Create(args);
            await application.RunAsync();
            return 0;
        }
        catch (InvalidConfigurationException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
    }

    /// <summary>Builds the application without starting it.</summary>
    /// <param name="args">Command line, as <c>--Key:Sub=value</c>.</param>
    /// <param name="configure">Sees the builder before configuration is read and before anything is registered.</param>
    /// <exception cref="InvalidConfigurationException">Lists every fault of the configuration.</exception>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(MonolithApplication).Assembly.GetName().Name });
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        configure?.Invoke(builder);
        var options = MonolithOptionsReader.Read(builder.Configuration);

        ListenByDefault(builder);
        builder.WebHost.ConfigureKestrel(RequestLimits.Relax);
        AddServices(builder.Services, options);

        var application = builder.Build();
        application.UseClinicApi();
        MapEndpoints(application);
        return application;
    }

    private static void AddServices(IServiceCollection services, MonolithOptions options)
    {
        services.AddSingleton(options);
        services.AddClinicApi(options.Api);
        services.AddSingleton<IForeseenFailures, DatabaseFailures>();
        services.AddSingleton<IUserDirectory, UserDirectory>();

        services.AddSingleton<IDatabaseDialect>(_ => options.Provider switch
        {
            DatabaseProvider.Sqlite => new SqliteDialect(options.ConnectionString),
            _ => new PostgreSqlDialect(options.ConnectionString),
        });
        services.AddSingleton<ClinicDatabase>();
        services.AddSingleton<OwnerService>().AddSingleton<PetService>().AddSingleton<PetTypeService>().AddSingleton<VisitService>();
        services.AddSingleton<VetService>().AddSingleton<SpecialtyService>().AddSingleton<UserService>();

        services.AddHostedService<SchemaUpgrade>();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: [DatabaseHealth.Tag]);
        services.AddClinicDocument(options.Api);
    }

    private static void MapEndpoints(WebApplication application)
    {
        application.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        application.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(DatabaseHealth.Tag) });

        var api = application.MapGroup(BasePath);
        api.MapOwners();
        api.MapPets();
        api.MapPetTypes();
        api.MapVets();
        api.MapSpecialties();
        api.MapVisits();
        api.MapUsers();
        api.MapOops();
        api.MapClinicDocument();
    }

    private static void ListenByDefault(WebApplicationBuilder builder)
    {
        var configured = builder.Configuration;
        var isConfigured = configured["urls"] is { Length: > 0 }
            || configured["http_ports"] is { Length: > 0 }
            || configured["https_ports"] is { Length: > 0 }
            || configured.GetSection("Kestrel:Endpoints").GetChildren().Any();
        if (!isConfigured) builder.WebHost.UseUrls(DefaultUrl);
    }
}
