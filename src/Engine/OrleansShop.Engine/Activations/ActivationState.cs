namespace OrleansShop.Engine.Activations;

/// <summary>Where an activation is in its life. It only goes forward.</summary>
internal enum ActivationState : byte
{
    /// <summary>In the catalog, no turn yet.</summary>
    Created,

    /// <summary>The grain object is being made, its state loaded and <c>OnActivateAsync</c> run. Calls wait.</summary>
    Activating,

    /// <summary>Calls run.</summary>
    Active,

    /// <summary><c>OnDeactivateAsync</c> runs. Calls wait, to be sent on.</summary>
    Deactivating,

    /// <summary>Out of the catalog. Calls are not taken any more.</summary>
    Gone,
}
