using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.Versions;
using Orleans.Versions.Compatibility;
using Orleans.Versions.Selector;
using OrleansShop.Engine.Manifest;

namespace OrleansShop.Engine.Versions;

/// <summary>Keeps the rules about versions in the grain storage with the name <see cref="StorageName"/>, as one state; keeps nothing if there is none.</summary>
internal sealed class StoredVersionStrategies(IServiceProvider services, VersionDirectors directors) : IVersionStore
{
    /// <summary>The name of the grain storage.</summary>
    public const string StorageName = "VersionStore";

    private const string StateName = "strategies";

    private static readonly GrainId s_id = GrainId.Create(GrainType.Create(VersionStrategiesGrain.TypeName), GrainIdKeyExtensions.CreateIntegerKey(0));

    private readonly IGrainStorage? _storage = services.GetKeyedService<IGrainStorage>(StorageName);

    public bool IsEnabled => _storage is not null;

    private IGrainStorage Storage => _storage ?? throw new InvalidOperationException($"The rules about versions are not stored: no grain storage is registered under the name \"{StorageName}\".");

    public Task SetCompatibilityStrategy(CompatibilityStrategy? strategy) => Write(null, set => set with { Compatibility = directors.NameOf(strategy) });

    public Task SetCompatibilityStrategy(GrainInterfaceType interfaceType, CompatibilityStrategy? strategy) =>
        Write(NameOf(interfaceType), set => set with { Compatibility = directors.NameOf(strategy) });

    public Task SetSelectorStrategy(VersionSelectorStrategy? strategy) => Write(null, set => set with { Selector = directors.NameOf(strategy) });

    public Task SetSelectorStrategy(GrainInterfaceType interfaceType, VersionSelectorStrategy? strategy) =>
        Write(NameOf(interfaceType), set => set with { Selector = directors.NameOf(strategy) });

    public async Task<CompatibilityStrategy?> GetCompatibilityStrategy() =>
        (await Read()).State!.For(null).Compatibility is { } name ? directors.Named<CompatibilityStrategy>(name) : null;

    public async Task<VersionSelectorStrategy?> GetSelectorStrategy() =>
        (await Read()).State!.For(null).Selector is { } name ? directors.Named<VersionSelectorStrategy>(name) : null;

    public Task<Dictionary<GrainInterfaceType, CompatibilityStrategy>> GetCompatibilityStrategies() => ByInterface<CompatibilityStrategy>(static set => set.Compatibility);

    public Task<Dictionary<GrainInterfaceType, VersionSelectorStrategy>> GetSelectorStrategies() => ByInterface<VersionSelectorStrategy>(static set => set.Selector);

    private static string NameOf(GrainInterfaceType face) => TypeNaming.OpenNameOf(face).ToString();

    private async Task<Dictionary<GrainInterfaceType, TStrategy>> ByInterface<TStrategy>(Func<InterfaceStrategies, string?> nameIn)
        where TStrategy : class =>
        (await Read()).State!.Set.Where(set => set.Interface is not null && nameIn(set) is not null)
            .ToDictionary(set => GrainInterfaceType.Create(set.Interface!), set => directors.Named<TStrategy>(nameIn(set)!));

    private async Task Write(string? face, Func<InterfaceStrategies, InterfaceStrategies> change)
    {
        var record = await Read();
        record.State = record.State!.With(change(record.State.For(face)));
        await Storage.WriteStateAsync(StateName, s_id, record);
    }

    private async Task<GrainState<VersionStrategies>> Read()
    {
        var record = new GrainState<VersionStrategies>(VersionStrategies.None);
        await Storage.ReadStateAsync(StateName, s_id, record);
        record.State ??= VersionStrategies.None;
        return record;
    }
}
