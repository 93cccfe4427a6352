using OrleansShop.Gateway.Phases;
using OrleansShop.Gateway.Settings;
using OrleansShop.ServiceDefaults;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.Gateway;

/// <summary>The gateway as an application that this project's executable runs alone and others run among theirs.</summary>
public static class GatewayApplication
{
    private const string DefaultUrl = "http://127.0.0.1:8080";
    private const int ConfigurationExitCode = 2;

    /// <summary>Builds the gateway. Start it with <see cref="WebApplication.StartAsync"/> or run it.</summary>
    /// <param name="args">The command line: configuration keys such as <c>--Gateway:Monolith=http://10.0.0.7:9966</c>.</param>
    /// <param name="configure">Changes the builder before anything reads the configuration; null for no change.</param>
    /// <exception cref="GatewayConfigurationException">The configuration is wrong; the exception lists every fault.</exception>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddCapabilityFile();
        configure?.Invoke(builder);
        builder.ListenByDefault(DefaultUrl);
        builder.AddServiceDefaults("gateway");
        builder.AddGateway();

        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapGateway();
        return app;
    }

    /// <summary>Builds and runs the gateway until it is told to stop.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The exit code: 0, or 2 when configuration or phases cannot be used; the reasons are on standard error.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = Create(args);
            await app.RunAsync();
            return 0;
        }
        catch (Exception unusable) when (unusable is GatewayConfigurationException or PhaseFileException)
        {
            await Console.Error.WriteLineAsync(unusable.Message);
            return ConfigurationExitCode;
        }
    }
}
