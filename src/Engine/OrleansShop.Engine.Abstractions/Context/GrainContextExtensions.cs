namespace Orleans.Runtime;

/// <summary>Shorter ways to say things to an activation.</summary>
public static class GrainContextExtensions
{
    /// <summary>Starts the deactivation and waits for its end.</summary>
    public static Task DeactivateAsync(this IGrainContext grainContext, DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        grainContext.Deactivate(deactivationReason, cancellationToken);
        return grainContext.Deactivated;
    }
}
