using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Orleans.Hosting;

/// <summary>Adds rules for where grains live.</summary>
public static class PlacementStrategyExtensions
{
    /// <summary>Has <typeparamref name="TDirector"/> place the grains whose classes have <typeparamref name="TStrategy"/>. On every silo.</summary>
    public static ISiloBuilder AddPlacementDirector<TStrategy, TDirector>(this ISiloBuilder builder)
        where TStrategy : PlacementStrategy
        where TDirector : class, IPlacementDirector
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddPlacementDirector<TStrategy, TDirector>();
        return builder;
    }

    /// <summary>Has a director place the grains whose classes have <typeparamref name="TStrategy"/>. On every silo.</summary>
    public static ISiloBuilder AddPlacementDirector<TStrategy>(this ISiloBuilder builder, Func<IServiceProvider, IPlacementDirector> createDirector)
        where TStrategy : PlacementStrategy
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddPlacementDirector<TStrategy>(createDirector);
        return builder;
    }

    /// <summary>Has <typeparamref name="TDirector"/> place the grains whose classes have <typeparamref name="TStrategy"/>. On every silo.</summary>
    public static void AddPlacementDirector<TStrategy, TDirector>(this IServiceCollection services)
        where TStrategy : PlacementStrategy
        where TDirector : class, IPlacementDirector => services.AddPlacementDirector<TStrategy, TDirector>(ServiceLifetime.Singleton);

    /// <summary>Has <typeparamref name="TDirector"/> place the grains whose classes have <typeparamref name="TStrategy"/>. On every silo.</summary>
    public static void AddPlacementDirector<TStrategy, TDirector>(this IServiceCollection services, ServiceLifetime strategyLifetime)
        where TStrategy : PlacementStrategy
        where TDirector : class, IPlacementDirector
    {
        ArgumentNullException.ThrowIfNull(services);
        services.Add(ServiceDescriptor.DescribeKeyed(typeof(PlacementStrategy), typeof(TStrategy).Name, typeof(TStrategy), strategyLifetime));
        services.AddKeyedSingleton<IPlacementDirector, TDirector>(typeof(TStrategy));
    }

    /// <summary>Has a director place the grains whose classes have <typeparamref name="TStrategy"/>. On every silo.</summary>
    public static void AddPlacementDirector<TStrategy>(this IServiceCollection services, Func<IServiceProvider, IPlacementDirector> createDirector)
        where TStrategy : PlacementStrategy => services.AddPlacementDirector<TStrategy>(createDirector, ServiceLifetime.Singleton);

    /// <summary>Has a director place the grains whose classes have <typeparamref name="TStrategy"/>. On every silo.</summary>
    public static void AddPlacementDirector<TStrategy>(this IServiceCollection services, Func<IServiceProvider, IPlacementDirector> createDirector, ServiceLifetime strategyLifetime)
        where TStrategy : PlacementStrategy
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(createDirector);
        services.Add(ServiceDescriptor.DescribeKeyed(typeof(PlacementStrategy), typeof(TStrategy).Name, typeof(TStrategy), strategyLifetime));
        services.AddKeyedSingleton(typeof(TStrategy), (provider, _) => createDirector(provider));
    }
}
