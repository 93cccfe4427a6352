using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>One activation as the engine sees it.</summary>
public interface IGrainContext : ITargetHolder, IEquatable<IGrainContext>
{
    /// <summary>A reference to the grain.</summary>
    GrainReference GrainReference { get; }

    /// <summary>The grain.</summary>
    GrainId GrainId { get; }

    /// <summary>The grain object, or null before it is created.</summary>
    object? GrainInstance { get; }

    /// <summary>This life of the grain.</summary>
    ActivationId ActivationId { get; }

    /// <summary>Where this activation lives.</summary>
    GrainAddress Address { get; }

    /// <summary>The services of this activation.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>The steps of activation and deactivation, to take part in.</summary>
    IGrainLifecycle ObservableLifecycle { get; }

    /// <summary>Runs work as turns of this activation.</summary>
    IWorkItemScheduler Scheduler { get; }

    /// <summary>Completes when the activation is gone.</summary>
    Task Deactivated { get; }

    /// <summary>Sets or, with null, removes what <see cref="ITargetHolder.GetComponent"/> returns for the type.</summary>
    void SetComponent<TComponent>(TComponent? value)
        where TComponent : class;

    /// <summary>Hands over a message for the activation.</summary>
    void ReceiveMessage(object message);

    /// <summary>Starts the activation.</summary>
    void Activate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default);

    /// <summary>Starts the deactivation; <see cref="Deactivated"/> tells its end.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);

    /// <summary>Takes over what an earlier activation on another silo handed over.</summary>
    void Rehydrate(IRehydrationContext context);

    /// <summary>Starts the move to another silo.</summary>
    void Migrate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default);
}
