using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using OrleansShop.ServiceDefaults;
using OrleansShop.ServiceDefaults.Ecs;
using OrleansShop.ServiceDefaults.Silos;
using OrleansShop.Storage.DynamoDB;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.Clinic.Hosting;

/// <summary>One service in a process of its own: silo and HTTP API.</summary>
/// <param name="Name">The name of the service and of its capability.</param>
/// <param name="Add">Adds the service to a process.</param>
/// <param name="Map">Maps the service's endpoints.</param>
internal sealed record ServiceProcess(string Name, Func<WebApplicationBuilder, WebApplicationBuilder> Add, Func<WebApplication, WebApplication> Map)
{
    private const int ConfigurationExitCode = 2;
    private const int DeclaredDeadExitCode = 3;

    /// <summary>Builds the process without starting it.</summary>
    /// <param name="args">The command line: configuration keys such as <c>--Cluster:SiloPort=11111</c>.</param>
    /// <param name="configure">Changes the builder before anything reads the configuration; null for no change.</param>
    /// <exception cref="SiloConfigurationException">The configuration is wrong; the exception lists every fault.</exception>
    public WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = NewBuilder(args);
        configure?.Invoke(builder);
        return Build(builder);
    }

    /// <summary>
    /// Runs until the process is told to stop. Returns the exit code: 0; 2 when the configuration cannot be used, the reasons are on standard error; 3 when the silo has stopped by itself because
    /// its cluster has declared it dead.
    /// </summary>
    public async Task<int> RunAsync(string[] args)
    {
        try
        {
            var builder = NewBuilder(args);
            await builder.AddEcsEndpointsAsync();
            await using var application = Build(builder);
            var hasLostMembership = false;
            using var atStop = application.Lifetime.ApplicationStopping.Register(() => hasLostMembership = application.HasLostMembership());
            await application.RunAsync();
            return hasLostMembership ? DeclaredDeadExitCode : 0;
        }
        catch (Exception unusable) when (unusable is SiloConfigurationException or OptionsValidationException or OrleansConfigurationException or EcsMetadataException or DynamoDBTableException { MayPass: false })
        {
            await Console.Error.WriteLineAsync(unusable.Message);
            return ConfigurationExitCode;
        }
    }

    private static WebApplicationBuilder NewBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddCapabilityFile();
        return builder;
    }

    private WebApplication Build(WebApplicationBuilder builder)
    {
        // Where the capabilities' file says that the service is, unless somebody says otherwise.
        builder.ListenByDefault(ServiceSettings.Read(builder.Configuration).Capabilities.Get(Name).Service.GetLeftPart(UriPartial.Authority));
        builder.AddServiceDefaults(Name);
        Add(builder);
        builder.AddSilo();

        var application = builder.Build();
        application.MapServiceDefaults();
        return Map(application);
    }
}
