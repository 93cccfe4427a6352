using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace OrleansShop.Engine.Cancellation;

/// <summary>Tells an activation that a token was cancelled that it may have been given. A part of the engine: the application's filters do not see it.</summary>
internal interface IGrainCancellationExtension : IGrainExtension, ISystemTarget
{
    /// <summary>Completes when the callbacks have run, there and in the grains that it was passed on to.</summary>
    /// <exception cref="AggregateException">What they have thrown, and why others could not be told.</exception>
    [AlwaysInterleave]
    Task Cancel(Guid token);
}
