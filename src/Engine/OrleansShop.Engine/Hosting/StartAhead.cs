using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Serialization.Naming;

namespace OrleansShop.Engine.Hosting;

/// <summary>
/// What a start needs and nothing of the application's configuration goes into: made on other threads while the application builds its host, and while the host
/// makes its services. On two cores that is a fifth of a start. Benchmark: silo-start.
/// </summary>
internal static class StartAhead
{
    /// <summary>Begins with what depends on the assemblies alone. Call it first.</summary>
    public static void Begin(IServiceCollection services) => services.AddSingleton(new Ahead<TypeManifests>(static () =>
    {
        var manifests = TypeManifests.OfNow();

        // After the manifests, not beside them: they are needed first.
        _ = new Ahead<IReadOnlyList<BuiltInType>>(static () => BuiltInTypes.All);
        return manifests;
    }));

    /// <summary>Goes on with what depends on the options, beside the services that the caller makes next and that need it last.</summary>
    public static void Continue(IServiceProvider provider) => _ = new Ahead<GrainTypes>(provider.GetRequiredService<GrainTypes>);
}
