using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Adds grain extensions.</summary>
public static class HostingGrainExtensions
{
    /// <summary>Lets every activation of the silo be called through <typeparamref name="TExtensionInterface"/>. Each makes its own extension when it is first called.</summary>
    public static ISiloBuilder AddGrainExtension<TExtensionInterface, TExtension>(this ISiloBuilder builder)
        where TExtensionInterface : class, IGrainExtension
        where TExtension : class, TExtensionInterface => builder.ConfigureServices(static services =>
            services.AddKeyedTransient<IGrainExtension>(typeof(TExtensionInterface), static (provider, _) => ActivatorUtilities.CreateInstance<TExtension>(provider)));
}
