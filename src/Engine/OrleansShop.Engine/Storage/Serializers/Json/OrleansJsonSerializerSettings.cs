using Microsoft.Extensions.DependencyInjection;
using Newtonsoft.Json;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Storage.Serializers.Json;

namespace Orleans.Serialization;

/// <summary>The settings with which states are stored as JSON.</summary>
public static class OrleansJsonSerializerSettings
{
    /// <summary>
    /// Returns the settings of the official engine, with converters for the engine's types and a binder that creates known types only. Unlike there, members at the default of their type
    /// and members that are null are written, and read: a member whose initializer sets something else would not come back otherwise.
    /// </summary>
    public static JsonSerializerSettings GetDefaultSerializerSettings(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return Default(services);
    }

    /// <summary>Changes settings.</summary>
    /// <param name="settings">What is changed.</param>
    /// <param name="useFullAssemblyNames">Whether types are written with the versions of their assemblies.</param>
    /// <param name="indentJson">Whether the text is made for reading.</param>
    /// <param name="typeNameHandling">When types are written; null to leave it.</param>
    public static JsonSerializerSettings UpdateSerializerSettings(JsonSerializerSettings settings, bool useFullAssemblyNames, bool indentJson, TypeNameHandling? typeNameHandling)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (useFullAssemblyNames) settings.TypeNameAssemblyFormatHandling = TypeNameAssemblyFormatHandling.Full;
        if (indentJson) settings.Formatting = Formatting.Indented;
        if (typeNameHandling is { } handling) settings.TypeNameHandling = handling;
        return settings;
    }

    internal static JsonSerializerSettings Default(IServiceProvider? services) => new()
    {
#pragma warning disable CA2326, CA2327 // The binder below creates types that the application knows, and no others.
        TypeNameHandling = TypeNameHandling.All,
        SerializationBinder = new KnownTypesBinder(services?.GetService<TypeManifestBuilder>()),
#pragma warning restore CA2326, CA2327
        TypeNameAssemblyFormatHandling = TypeNameAssemblyFormatHandling.Simple,
        PreserveReferencesHandling = PreserveReferencesHandling.Objects,
        DateFormatHandling = DateFormatHandling.IsoDateFormat,
        ContractResolver = MemberDefaults.Resolver,
        DefaultValueHandling = DefaultValueHandling.Include,
        NullValueHandling = NullValueHandling.Include,
        MissingMemberHandling = MissingMemberHandling.Ignore,
        ConstructorHandling = ConstructorHandling.AllowNonPublicDefaultConstructor,
        Formatting = Formatting.None,
        Converters =
        [
            new IPAddressConverter(),
            new IPEndPointConverter(),
            new GrainIdConverter(),
            new ActivationIdConverter(),
            new SiloAddressConverter(),
            new MembershipVersionConverter(),
            new GrainReferenceConverter(services),
            new SubscriptionHandleConverter(),
            new SequenceTokenConverter(),
        ],
    };
}
