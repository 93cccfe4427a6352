using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Sqs.Streams.DeadLetters;
using OrleansShop.Engine.Sqs.Streams.Receiving;
using OrleansShop.Engine.Streams.DeadLetters;

namespace OrleansShop.Engine.Sqs.Streams.Hosting;

/// <summary>The services of a provider of streams over SQS.</summary>
internal static class SqsStreamServices
{
    public static void Add(IServiceCollection services, string name)
    {
        services.AddOptions<Orleans.Configuration.SqsOptions>(name);
        services.AddOptions<SqsStreamOptions>(name);
        services.AddKeyedSingleton(name, static (provider, key) => new LastCalls((string)key!, provider.GetRequiredService<ILogger<LastCalls>>()));
        services.AddKeyedSingleton(name, static (provider, key) => new SqsStreams(provider, (string)key!));
        services.AddSingleton<IConfigurationValidator>(provider => new SqsStreamValidator(provider, name));
    }

    public static void AddToSilo(IServiceCollection services, string name)
    {
        Add(services, name);
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredKeyedService<LastCalls>(name));
        services.AddStreamDeadLetters(name, static (provider, key) => new SqsDeadLetters(provider.GetRequiredKeyedService<SqsStreams>(key), provider));
    }
}
