using OrleansShop.Clinic.Http.Problems;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Outbox;

namespace OrleansShop.Clinic.Hosting.Failures;

/// <summary>A grain that gives no answer, a cluster that is busy or changing, a bridge that is away and an outbox that is full are foreseen: the client may try again.</summary>
internal sealed class ServiceFailures : IForeseenFailures
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public ProblemException? ToProblem(Exception failure) => failure switch
    {
        BridgeUnavailableException bridge => ProblemException.Unavailable("The monolith's database cannot be reached now.", bridge.RetryAfter),
        OutboxFullException full => ProblemException.Unavailable("The events of this entity cannot be published now, and no more can wait; nothing was changed.", full.RetryAfter),
        TimeoutException => ProblemException.Unavailable("The operation took too long inside the service; whether it took effect is unknown.", RetryAfter),
        SiloUnavailableException or OrleansMessageRejectionException or GatewayTooBusyException or LimitExceededException =>
            ProblemException.Unavailable("A part of the service cannot be reached now; whether the operation took effect is unknown.", RetryAfter),
        _ => null,
    };
}
