using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Serialization.Invocation;
using Xunit;

namespace OrleansShop.Engine.Tests.Activations;

/// <summary>Random mixes of calls against a simple second implementation of the rule which of them may run at once.</summary>
public sealed class AdmissionModelTests
{
    private const int Steps = 120;
    private const int MostOpen = 12;

    private enum Kind
    {
        Plain,
        ReadOnly,
        Always,
    }

    [Theory]
    [InlineData("Plain", 1)]
    [InlineData("Plain", 2)]
    [InlineData("Plain", 3)]
    [InlineData("Predicate", 4)]
    [InlineData("Predicate", 5)]
    [InlineData("Predicate", 6)]
    [InlineData("Reentrant", 7)]
    public async Task What_runs_is_what_the_documented_rule_says(string rule, int seed)
    {
        var seen = new ModelSightings();
        await using var silo = await TestSilo.StartAsync(silo =>
        {
            silo.Services.AddSingleton(seen);
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMinutes(10));
        });
        var grain = silo.Grains.GetGrain<IModelGrain>(seed, $"OrleansShop.Engine.Tests.Activations.{rule}ModelGrain");
        var random = new Random(seed);
        var model = new Model(rule);
        var calls = new List<Task>();
        for (var step = 0; step < Steps || model.Running.Count != 0; step++)
        {
            if (step < Steps && model.Open < MostOpen && random.Next(2) == 0)
            {
                var (id, kind) = (calls.Count, (Kind)random.Next(3));
                model.Arrive(id, kind);
                calls.Add(kind switch
                {
                    Kind.Always => grain.Always(id),
                    Kind.ReadOnly => grain.Read(id),
                    _ => grain.Plain(id),
                });
            }
            else if (model.Running.Count != 0)
            {
                var id = model.Running[random.Next(model.Running.Count)].Id;
                model.End(id);
                seen.Open(id);
            }

            await Eventually.Holds(
                () =>
                {
                    var tooEarly = seen.Started.Except(model.Started).ToList();
                    Assert.True(tooEarly.Count == 0, $"Seed {seed}, step {step}: {string.Join(", ", tooEarly)} started beside {string.Join(", ", model.Running)}.");
                    return seen.Started.Count == model.Started.Count;
                },
                $"with seed {seed} at step {step} all have started that may: {string.Join(", ", model.Started.Except(seen.Started))} have not");
        }

        await Task.WhenAll(calls);
    }

    /// <summary>The rule, as the documentation has it, without anything that makes it fast.</summary>
    private sealed class Model(string rule)
    {
        private readonly List<(int Id, Kind Kind)> _waiting = [];

        public List<(int Id, Kind Kind)> Running { get; } = [];

        public HashSet<int> Started { get; } = [];

        public int Open => Running.Count + _waiting.Count;

        public void Arrive(int id, Kind kind)
        {
            _waiting.Add((id, kind));
            StartAll();
        }

        public void End(int id)
        {
            Running.RemoveAll(call => call.Id == id);
            StartAll();
        }

        private void StartAll()
        {
            while (_waiting.FindIndex(MayStart) is var index and >= 0)
            {
                Running.Add(_waiting[index]);
                Started.Add(_waiting[index].Id);
                _waiting.RemoveAt(index);
            }
        }

        private bool MayStart((int Id, Kind Kind) call)
        {
            var inTheWay = Running.Where(static running => running.Kind != Kind.Always).ToList();
            return inTheWay.Count == 0
                || call.Kind == Kind.Always
                || rule == "Reentrant"
                || (call.Kind == Kind.ReadOnly && inTheWay.TrueForAll(static running => running.Kind == Kind.ReadOnly))
                || (rule == "Predicate" && (PredicateModelGrain.Admits(call.Id) || inTheWay.TrueForAll(static running => PredicateModelGrain.Admits(running.Id))));
        }
    }
}

/// <summary>Which calls have started, and what lets each end.</summary>
public sealed class ModelSightings
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _ends = new();
    private readonly ConcurrentDictionary<int, bool> _started = new();

    public List<int> Started => [.. _started.Keys];

    public Task Run(int id)
    {
        _started[id] = true;
        return EndOf(id).Task;
    }

    public void Open(int id) => EndOf(id).TrySetResult();

    private TaskCompletionSource EndOf(int id) => _ends.GetOrAdd(id, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

public interface IModelGrain : IGrainWithIntegerKey
{
    Task Plain(int id);

    [ReadOnly]
    Task Read(int id);

    [AlwaysInterleave]
    Task Always(int id);
}

internal class PlainModelGrain(ModelSightings seen) : Grain, IModelGrain
{
    public Task Plain(int id) => seen.Run(id);

    public Task Read(int id) => seen.Run(id);

    public Task Always(int id) => seen.Run(id);
}

[MayInterleave(nameof(Admits))]
internal sealed class PredicateModelGrain(ModelSightings seen) : PlainModelGrain(seen)
{
    public static bool Admits(IInvokable request) => Admits((int)request.GetArgument(0)!);

    internal static bool Admits(int id) => id % 3 == 0;
}

[Reentrant]
internal sealed class ReentrantModelGrain(ModelSightings seen) : PlainModelGrain(seen);
