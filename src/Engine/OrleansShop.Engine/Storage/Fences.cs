using Orleans.Runtime;
using OrleansShop.Engine.Membership;

namespace OrleansShop.Engine.Storage;

/// <summary>Where the numbers of fences come from: the versions of views, which are totally ordered.</summary>
internal static class Fences
{
    /// <summary>The fence of an activation that a silo makes in this view.</summary>
    /// <remarks>
    /// The number is the view's version. A silo lives in every view in which it makes activations, so the view in which it dies is later, and
    /// so is every view in which its grains are taken over. A stored number from before the last death may be that of the silo that has died: whoever
    /// it was, and whatever the partition has gone through since, the first to read it raises it.
    /// <para>A silo that is dead in the view gets the number 0: it has nothing to make any more.</para>
    /// </remarks>
    public static Fence Of(MembershipView view, SiloAddress silo) =>
        new(view.Find(silo) is { MayRunGrains: true } ? view.Version : 0, view.LastCrash) { History = view.History };
}
