using System.Collections.Concurrent;
using Orleans.CodeGeneration;

namespace OrleansShop.Engine.TestingHost.Tests.Grains;

/// <summary>Version 2 of it. Tests have silos that take it for version 1, without the second method.</summary>
[Version(2)]
public interface IVersionedGrain : IGrainWithStringKey
{
    Task<SiloAddress> Where();

    Task<string> NewInTwo(string text, int times);
}

public sealed class VersionedGrain(ILocalSiloDetails silo) : Grain, IVersionedGrain
{
    public static ConcurrentDictionary<string, ConcurrentQueue<DeactivationReasonCode>> Reasons { get; } = new();

    public Task<SiloAddress> Where() => Task.FromResult(silo.SiloAddress);

    public Task<string> NewInTwo(string text, int times) =>
        Task.FromResult($"{silo.SiloAddress} {string.Concat(Enumerable.Repeat(text, times))} {RequestContext.Get("word")}");

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Reasons.GetOrAdd(this.GetPrimaryKeyString(), _ => new()).Enqueue(reason.ReasonCode);
        return Task.CompletedTask;
    }
}

/// <summary>Version 2 of another one, of which tests have silos with version 1 too.</summary>
[Version(2)]
public interface ISecondVersionedGrain : IGrainWithStringKey
{
    Task<SiloAddress> Where();
}

public sealed class SecondVersionedGrain(ILocalSiloDetails silo) : Grain, ISecondVersionedGrain
{
    public Task<SiloAddress> Where() => Task.FromResult(silo.SiloAddress);
}

/// <summary>Version 2 of a generic one.</summary>
[Version(2)]
public interface IVersionedGenericGrain<T> : IGrainWithStringKey
{
    Task<T> Return(T value);
}

public sealed class VersionedGenericGrain<T> : Grain, IVersionedGenericGrain<T>
{
    public Task<T> Return(T value) => Task.FromResult(value);
}

/// <summary>Its class is hosted later than the others, or never.</summary>
public interface ILateGrain : IGrainWithStringKey
{
    [ResponseTimeout("00:00:03")]
    Task<SiloAddress> Where();

    Task<SiloAddress> WhereInTheEnd();
}

public sealed class LateGrain(ILocalSiloDetails silo) : Grain, ILateGrain
{
    public Task<SiloAddress> Where() => Task.FromResult(silo.SiloAddress);

    public Task<SiloAddress> WhereInTheEnd() => Where();
}
