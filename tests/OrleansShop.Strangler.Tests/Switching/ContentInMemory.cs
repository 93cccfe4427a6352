using System.Globalization;
using OrleansShop.Strangler.Rows;
using OrleansShop.Strangler.Switching;

namespace OrleansShop.Strangler.Tests.Switching;

/// <summary>What a service would hold, in memory. Every call can be made to fail.</summary>
internal sealed class ContentInMemory : ICapabilityContent
{
    private readonly Dictionary<(string Kind, long Id), EntityRows> _entities = [];

    /// <summary>Runs before each call, with its number from 1.</summary>
    internal Action<int>? BeforeCall { get; set; }

    internal int Calls { get; private set; }

    internal List<string> Imported { get; } = [];

    internal IEnumerable<EntityRows> All(string kind) => _entities.Where(pair => pair.Key.Kind == kind).OrderBy(pair => pair.Key.Id).Select(pair => pair.Value);

    internal void Put(params EntityRows[] entities)
    {
        foreach (var entity in entities)
        {
            _entities[(entity.Kind, long.Parse(entity.Id, CultureInfo.InvariantCulture))] = entity;
        }
    }

    internal void Remove(string kind, long id) => _entities.Remove((kind, id));

    public Task ClearAsync(CancellationToken cancellationToken) => Call(() =>
    {
        _entities.Clear();
        return 0;
    }, cancellationToken);

    public Task ImportAsync(string kind, IReadOnlyList<EntityRows> page, CancellationToken cancellationToken) => Call(() =>
    {
        Imported.Add($"{page.Count} of {kind}");
        Put([.. page]);
        return 0;
    }, cancellationToken);

    public Task<EntityPage> ExportAsync(string kind, string? after, int limit, CancellationToken cancellationToken) => Call(() =>
    {
        var found = All(kind).Where(entity => after is null || long.Parse(entity.Id, CultureInfo.InvariantCulture) > long.Parse(after, CultureInfo.InvariantCulture)).Take(limit + 1).ToList();
        var page = found.Take(limit).ToList();
        return new EntityPage(page, found.Count > limit ? page[^1].Id : null);
    }, cancellationToken);

    public Task<long> CountAsync(string kind, CancellationToken cancellationToken) => Call(() => All(kind).LongCount(), cancellationToken);

    private Task<T> Call<T>(Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BeforeCall?.Invoke(++Calls);
        return Task.FromResult(work());
    }
}
