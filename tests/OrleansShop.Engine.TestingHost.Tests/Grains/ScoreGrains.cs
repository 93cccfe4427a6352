using Orleans.Providers;

namespace OrleansShop.Engine.TestingHost.Tests.Grains;

/// <summary>A grain with one stored state, which it changes with or without storing it.</summary>
public interface IScoreGrain : IGrainWithStringKey
{
    Task Set(int value);

    Task Write();

    Task<ScoreSeen> Look();
}

public interface IScoreOfStateGrain : IScoreGrain;

public interface IScoreOfFacetGrain : IScoreGrain;

[GenerateSerializer]
public sealed class Score
{
    [Id(0)]
    public int Value { get; set; }
}

[GenerateSerializer]
public sealed record ScoreSeen([property: Id(0)] int Value, [property: Id(1)] SiloAddress Silo);

/// <summary>Keeps it as the state of <see cref="Grain{TGrainState}"/>.</summary>
[Orleans.Placement.Immovable]
[StorageProvider(ProviderName = CountedStorage.Name)]
public sealed class ScoreOfStateGrain(ILocalSiloDetails silo) : Grain<Score>, IScoreOfStateGrain
{
    public Task Set(int value)
    {
        State.Value = value;
        return Task.CompletedTask;
    }

    public Task Write() => WriteStateAsync();

    public Task<ScoreSeen> Look() => Task.FromResult(new ScoreSeen(State.Value, silo.SiloAddress));
}

/// <summary>Keeps it as a state that is injected.</summary>
[Orleans.Placement.Immovable]
public sealed class ScoreOfFacetGrain([PersistentState("score", CountedStorage.Name)] IPersistentState<Score> score, ILocalSiloDetails silo) : Grain, IScoreOfFacetGrain
{
    public Task Set(int value)
    {
        score.State.Value = value;
        return Task.CompletedTask;
    }

    public Task Write() => score.WriteStateAsync();

    public Task<ScoreSeen> Look() => Task.FromResult(new ScoreSeen(score.State.Value, silo.SiloAddress));
}
