using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>Typed access to what a target holder holds.</summary>
public static class TargetHolderExtensions
{
    /// <summary>Returns the target as <typeparamref name="TTarget"/>; null if there is none.</summary>
    public static TTarget? GetTarget<TTarget>(this ITargetHolder targetHolder)
        where TTarget : class => (TTarget?)targetHolder.GetTarget();

    /// <summary>Returns the component of this type; null if there is none.</summary>
    public static TComponent? GetComponent<TComponent>(this ITargetHolder targetHolder)
        where TComponent : class => (TComponent?)targetHolder.GetComponent(typeof(TComponent));
}
