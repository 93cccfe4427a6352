using Microsoft.Extensions.DependencyInjection;
using Orleans.Services;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Context;
using OrleansShop.Engine.Services;

namespace Orleans.Runtime.Services;

/// <summary>The base of a class through which grains of a silo call a grain service: finds the instance that is responsible for a grain.</summary>
/// <typeparam name="TGrainService">The interface of the service.</typeparam>
public abstract class GrainServiceClient<TGrainService> : IGrainServiceClient<TGrainService>
    where TGrainService : IGrainService
{
    private readonly GrainServiceOwners _owners;
    private readonly SystemTargets _silos;
    private readonly string _name = GrainServiceNames.TargetOf(typeof(TGrainService));

    /// <summary>Creates a client.</summary>
    /// <param name="serviceProvider">The services of the silo.</param>
    protected GrainServiceClient(IServiceProvider serviceProvider)
    {
        ArgumentNullException.ThrowIfNull(serviceProvider);

        // A silo may call services that it does not have itself.
        _owners = ActivatorUtilities.CreateInstance<GrainServiceOwners>(serviceProvider);
        _silos = serviceProvider.GetRequiredService<SystemTargets>();
    }

    /// <summary>The grain that makes the call.</summary>
    /// <exception cref="InvalidOperationException">This is not a turn of a grain.</exception>
    protected GrainReference CurrentGrainReference => CurrentActivation.Context?.GrainReference
        ?? throw new InvalidOperationException($"{GetType()} was used outside of a grain, and cannot say which grain calls. Pass a key or a silo to {nameof(GetGrainService)} instead.");

    /// <summary>The instance whose range a grain is in.</summary>
    /// <exception cref="SiloUnavailableException">No active silo has the service.</exception>
    protected TGrainService GetGrainService(GrainId callingGrainId) => GetGrainService(callingGrainId.GetUniformHashCode());

    /// <summary>The instance whose range a hash is in.</summary>
    /// <exception cref="SiloUnavailableException">No active silo has the service.</exception>
    protected TGrainService GetGrainService(uint key) => GetGrainService(_owners.OwnerOf(typeof(TGrainService), key));

    /// <summary>The instance on a silo.</summary>
    protected TGrainService GetGrainService(SiloAddress destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return _silos.Of<TGrainService>(destination, _name);
    }
}
