using Orleans;

namespace OrleansShop.Engine.Cancellation;

/// <summary>Keeps the tokens that an activation is given, so that they can be cancelled.</summary>
internal interface IReceivesGrainTokens
{
    /// <summary>A call has brought a token; the one that the grain's method gets is returned. In a turn.</summary>
    GrainCancellationToken Receive(GrainCancellationToken token);
}
