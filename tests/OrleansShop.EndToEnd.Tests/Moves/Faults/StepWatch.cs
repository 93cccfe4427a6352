using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OrleansShop.EndToEnd.Tests.Moves.Running;
using OrleansShop.Testing.Faults;

namespace OrleansShop.EndToEnd.Tests.Moves.Faults;

/// <summary>Sees the steps that silos make, by what they ask the bridge and DynamoDB: springs traps, counts, and notes when entities were on their way. Thread-safe.</summary>
internal sealed class StepWatch
{
    private readonly ConcurrentDictionary<Step, int> _made = new();
    private readonly ConcurrentDictionary<string, long> _leftAt = new();
    private readonly ConcurrentDictionary<string, Step> _lastAsked = new();
    private readonly ConcurrentQueue<Transit> _transits = new();
    private volatile Trap? _trap;

    /// <summary>How many times each step was made.</summary>
    public IReadOnlyDictionary<Step, int> Made => _made;

    /// <summary>The times that entities were on their way.</summary>
    public IReadOnlyCollection<Transit> Transits => _transits;

    /// <summary>Sets a trap in the place of the one before.</summary>
    public void Set(Trap? trap) => _trap = trap;

    /// <summary>Watches what a silo asks.</summary>
    public void Watch(FaultProxy bridge, FaultProxy store, Part silo)
    {
        bridge.WatchAll((request, forward) => PassAsync(StepOfBridge(request.Path), () => EntitiesOfBridge(FaultProxy.BodyOf(request)), silo, forward));
        store.WatchAll((request, forward) =>
        {
            var (step, entity) = StepOfStore(request);
            return PassAsync(step, () => entity is null ? [] : [entity], silo, forward);
        });
    }

    private async Task<ProxiedAnswer?> PassAsync(Step? step, Func<IReadOnlyList<string>> entitiesOf, Part silo, Func<Task<ProxiedAnswer>> forward)
    {
        if (step is not { } made) return await forward();
        var entities = entitiesOf();
        if (made is Step.Take or Step.StoreReturning) foreach (var entity in entities) _leftAt.TryAdd(entity, Stopwatch.GetTimestamp());
        if (_trap is { } before && before.IsFor(made, Moment.Before)) await before.SpringAsync(silo);

        var answer = await forward();

        _made.AddOrUpdate(made, 1, static (_, count) => count + 1);
        foreach (var entity in entities)
        {
            if (made is Step.Take or Step.Apply or Step.Return) _lastAsked[entity] = made;
            if (made is Step.StoreTaken or Step.StoreReturned && _leftAt.TryRemove(entity, out var left)) _transits.Enqueue(new Transit(entity, left, Stopwatch.GetTimestamp()));
            if (made == Step.StoreReturned) _lastAsked.TryRemove(entity, out _);
        }

        if (_trap is { } after)
        {
            if (after.IsFor(made, Moment.After)) await after.SpringAsync(silo);

            // The answer is on its way when the silo or the gateway that would acknowledge the write dies.
            else if (made == Step.Apply && after.IsFor(Step.Acknowledge, Moment.Before)) _ = Task.Run(() => after.SpringAsync(silo));
        }

        return answer;
    }

    private static Step? StepOfBridge(PathString path) => path.Value switch
    {
        "/bridge/ledger/take" or "/bridge/ledger/take-group" => Step.Take,
        "/bridge/apply" => Step.Apply,
        "/bridge/ledger/return" => Step.Return,
        "/bridge/ledger/announce" => Step.Announce,
        _ => null,
    };

    private static IReadOnlyList<string> EntitiesOfBridge(string body)
    {
        var request = JsonNode.Parse(body)!;
        var named = request["changes"] as JsonArray ?? request["takes"] as JsonArray ?? [request.DeepClone()];
        return [.. named.Where(static one => one?["kind"] is not null && one["id"] is not null).Select(static one => $"{one!["kind"]}/{one["id"]}")];
    }

    /// <summary>Which step the storing of an entity's state is; null for everything else that is stored.</summary>
    private (Step? Step, string? Entity) StepOfStore(HttpRequest request)
    {
        var target = request.Headers["X-Amz-Target"].ToString();
        if (!target.EndsWith(".PutItem", StringComparison.Ordinal) && !target.EndsWith(".UpdateItem", StringComparison.Ordinal) && !target.EndsWith(".TransactWriteItems", StringComparison.Ordinal)) return default;
        var body = FaultProxy.BodyOf(request);
        if (!body.Contains("\"GrainReference\"", StringComparison.Ordinal) || EntityOfStore(body) is not { } entity || StateIn(body) is not { } state) return default;

        var isOwner = state["IsOwner"]?.GetValue<bool>() ?? false;
        var begun = state["Begun"]?.ToString();
        var isBehind = Number(state["Version"]) > Number(state["AppliedVersion"]);
        if (begun is "2" or "Returning") return (Step.StoreReturning, entity);
        if (isOwner) return (isBehind ? Step.StoreWritten : Step.StoreTaken, entity);

        // A copy that follows the monolith is no step.
        return (_lastAsked.TryGetValue(entity, out var asked) && asked == Step.Return ? Step.StoreReturned : null, entity);
    }

    private static string? EntityOfStore(string body)
    {
        foreach (var kind in EntityKinds.Capabilities.Keys)
        {
            var at = body.IndexOf($"_{kind}/", StringComparison.Ordinal);
            if (at < 0) continue;
            var key = body[(at + kind.Length + 2)..body.IndexOf('"', at)];
            return long.TryParse(key, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var id) ? $"{kind}/{id}" : null;
        }

        return null;
    }

    private static JsonNode? StateIn(string body)
    {
        // Whatever kind of request it is, the state is its longest binary.
        var state = Binaries(JsonNode.Parse(body)).MaxBy(static binary => binary.Length);
        if (state is null) return null;
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(state));
        return text.StartsWith('{') ? JsonNode.Parse(text) : null;
    }

    private static IEnumerable<string> Binaries(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(static field => field is { Key: "B", Value: JsonValue binary } ? [binary.ToString()] : Binaries(field.Value)),
        JsonArray items => items.SelectMany(Binaries),
        _ => [],
    };

    private static long Number(JsonNode? node) => node?.GetValue<long>() ?? 0;
}

/// <summary>An entity was on its way from one side to the other, between two timestamps.</summary>
internal sealed record Transit(string Entity, long From, long Until);
