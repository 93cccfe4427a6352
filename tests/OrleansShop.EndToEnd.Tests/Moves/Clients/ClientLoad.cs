using System.Globalization;
using OrleansShop.EndToEnd.Tests.Moves.Running;
using OrleansShop.Testing.Histories;

namespace OrleansShop.EndToEnd.Tests.Moves.Clients;

/// <summary>Many clients at both gateways that write, read, create and delete at random until they are told to stop.</summary>
internal sealed class ClientLoad : IAsyncDisposable
{
    private const int ClientsOfGateway = 4;
    private const int EntitiesOfKind = 6;
    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(20);

    private readonly IReadOnlyList<ClinicClient> _clients;
    private readonly CancellationTokenSource _stop = new();
    private readonly LiveEntities _entities = new();
    private Task _running = Task.CompletedTask;
    private int _value;

    private ClientLoad(CheckedClinic clinic) => _clients = [.. clinic.Gateways.Select(gateway => new ClinicClient(gateway, Journal))];

    public Journal Journal { get; } = new();

    /// <summary>The clients go to work on some entities that they have made.</summary>
    public static async Task<ClientLoad> StartAsync(CheckedClinic clinic, int seed)
    {
        var load = new ClientLoad(clinic);
        foreach (var kind in EntityKinds.Capabilities.Keys)
        {
            for (var count = 0; count < EntitiesOfKind; count++) await load.CreateAsync(load._clients[count % load._clients.Count], kind, new Random(seed + count));
        }

        load._running = Task.WhenAll(Enumerable.Range(0, load._clients.Count * ClientsOfGateway).Select(number => load.RepeatAsync(load._clients[number % load._clients.Count], new Random(HashCode.Combine(seed, number)))));
        return load;
    }

    /// <summary>Reads every entity through each gateway and writes it through one of them; whether all were answered.</summary>
    public async Task<bool> ProbeAsync()
    {
        var probes = _entities.All.SelectMany((entity, number) => _clients.Select(client => client.ReadAsync(entity.Kind, entity.Id)).Append(WriteAsync(_clients[number % _clients.Count], entity)));
        return (await Task.WhenAll(probes)).All(static operation => operation.Error is null);
    }

    /// <summary>Ends the traffic, and waits for what was asked.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var client in _clients) client.Dispose();
        _stop.Dispose();
    }

    private async Task RepeatAsync(ClinicClient client, Random random)
    {
        while (!_stop.IsCancellationRequested)
        {
            await StepAsync(client, random);
            await Task.Delay(MaxPause * random.NextDouble());
        }
    }

    private Task StepAsync(ClinicClient client, Random random)
    {
        var kind = EntityKinds.Capabilities.Keys.ElementAt(random.Next(EntityKinds.Capabilities.Count));
        var choice = random.Next(100);
        if (choice < 6 || _entities.CountOf(kind) < EntitiesOfKind / 2) return _entities.CountOf(kind) < EntitiesOfKind * 2 ? CreateAsync(client, kind, random) : Task.CompletedTask;
        if (choice < 9 && _entities.PickGone(random) is { } gone) return client.ReadAsync(gone.Kind, gone.Id);
        if (_entities.Pick(random) is not { } entity) return Task.CompletedTask;
        return choice switch
        {
            < 13 => DeleteAsync(client, entity, random),
            < 16 => client.WriteForbiddenAsync(entity.Kind, entity.Id, NextValue(), entity.Parent),
            < 56 => WriteAsync(client, entity),
            _ => client.ReadAsync(entity.Kind, entity.Id),
        };
    }

    private Task<ClientOperation> WriteAsync(ClinicClient client, LiveEntity entity) => client.WriteAsync(entity.Kind, entity.Id, NextValue(), entity.Parent);

    private async Task CreateAsync(ClinicClient client, string kind, Random random)
    {
        var parent = EntityKinds.ParentOf(kind) is { } parentKind ? _entities.Pick(random, parentKind)?.Id : null;
        if (parent is null && kind != EntityKinds.Owner) return;
        var created = await client.CreateAsync(kind, NextValue(), parent);
        if (created is { Outcome: OperationOutcome.Done, Id: { } id }) _entities.Add(new LiveEntity(kind, id, parent));
    }

    // Owners go seldom, because everything that belongs to them goes with them.
    private Task DeleteAsync(ClinicClient client, LiveEntity entity, Random random)
    {
        if (entity.Kind == EntityKinds.Owner && random.Next(3) > 0) return Task.CompletedTask;
        _entities.Remove(entity);
        return client.DeleteAsync(entity.Kind, entity.Id);
    }

    private string NextValue() => $"v{Interlocked.Increment(ref _value).ToString(CultureInfo.InvariantCulture)}";
}
