using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Serialization;
using OrleansShop.Engine.Serialization.Converters;
using OrleansShop.Engine.Serialization.Exceptions;
using OrleansShop.Engine.Serialization.Json;
using OrleansShop.Engine.Serialization.Lookup;
using OrleansShop.Engine.Serialization.Naming;
using OrleansShop.Engine.Serialization.References;

namespace Orleans.Serialization;

/// <summary>Adds serialization to services.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Adds <see cref="Serializer"/> and <see cref="DeepCopier"/>, once however often it is called.</summary>
    public static IServiceCollection AddSerializer(this IServiceCollection services, Action<ISerializerBuilder>? configure = null)
    {
        // Collected again if that was done ahead: assemblies may have been loaded since.
        services.TryAddSingleton(static provider => (provider.GetService<Ahead<TypeManifests>>()?.Value ?? new TypeManifests()).Collect());
        services.TryAddSingleton(PayloadLimits.Default);
        services.TryAddSingleton<GrainReferences>();
        services.TryAddSingleton(static provider => CreateRegistry(provider));
        services.TryAddSingleton<ICodecProvider>(static provider => provider.GetRequiredService<CodecRegistry>());
        services.TryAddSingleton(static provider =>
            new Serializer(provider.GetRequiredService<CodecRegistry>(), provider.GetRequiredService<PayloadLimits>()));
        services.TryAddSingleton(static provider =>
            new DeepCopier(provider.GetRequiredService<CodecRegistry>(), provider.GetRequiredService<PayloadLimits>()));
        services.TryAddSingleton(typeof(Serializer<>));
        services.TryAddSingleton(typeof(DeepCopier<>));
        services.AddOptions<ExceptionSerializationOptions>();
        configure?.Invoke(new Builder(services));
        return services;
    }

    private static CodecRegistry CreateRegistry(IServiceProvider provider)
    {
        var manifest = provider.GetRequiredService<TypeManifestBuilder>();
        var json = provider.GetServices<JsonSource>().ToArray();
        var converters = new ConverterSource(manifest, type => ActivatorUtilities.CreateInstance(provider, type));
        var assemblies = ApplicationAssemblies(manifest);
        var options = provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<ExceptionSerializationOptions>>().Value;
        var exceptions = new ExceptionTypes(assemblies, [.. options.SupportedNamespacePrefixes]);
        var names = new TypeNames(manifest, converters.ValueTypes, [name => LoadedTypes.Find(assemblies, name, type => type.IsEnum), .. json.Select(each => (Func<string, Type?>)each.Find)]);
        return new CodecRegistry(
            [
                new ManifestSource(manifest),
                converters,
                new BuiltInSource(),
                new ShapeSource(provider.GetRequiredService<GrainReferences>(), exceptions),
                .. json,
                new RuntimeTypedSource(),
            ],
            names,
            manifest.Activators,
            provider);
    }

    /// <summary>The assemblies that have a manifest.</summary>
    private static Assembly[] ApplicationAssemblies(TypeManifestBuilder manifest) =>
    [
        .. manifest.Codecs.Keys
            .Concat(manifest.GenericCodecs.Keys)
            .Concat(manifest.Aliases.Keys)
            .Concat(manifest.Converters)
            .Concat(manifest.GrainClasses)
            .Concat(manifest.Interfaces.Keys)
            .Select(type => type.Assembly)
            .Append(typeof(IGrain).Assembly)
            .Distinct(),
    ];

    private sealed record Builder(IServiceCollection Services) : ISerializerBuilder;
}

/// <summary>Configures what is serialized as JSON.</summary>
public static class SerializationHostingExtensions
{
    /// <summary>Serializes types as JSON that have no codec otherwise.</summary>
    /// <param name="serializerBuilder">What is being configured.</param>
    /// <param name="isSupported">Says which types. It decides too which types a payload may name: answer for types that you know.</param>
    /// <param name="jsonSerializerOptions">How; null for the defaults.</param>
    public static ISerializerBuilder AddJsonSerializer(
        this ISerializerBuilder serializerBuilder, Func<Type, bool> isSupported, JsonSerializerOptions? jsonSerializerOptions = null)
    {
        ArgumentNullException.ThrowIfNull(isSupported);
        serializerBuilder.Services.AddSingleton(new JsonSource(isSupported, jsonSerializerOptions));
        return serializerBuilder;
    }
}
