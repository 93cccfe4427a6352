namespace OrleansShop.Engine.Storage;

/// <summary>A fence as an <see cref="IFencedGrainStorage"/> keeps it, and what it means to the next activation; the same for every storage.</summary>
/// <param name="History">Which sequence of views <paramref name="Number"/> counts.</param>
/// <param name="Number">The highest number that was stored.</param>
public readonly record struct StoredFence(string History, long Number)
{
    /// <summary>What an activation leaves behind.</summary>
    public static StoredFence Of(Fence fence) => new(fence.History, fence.Number);

    /// <summary>Whether an activation may write where this is stored.</summary>
    public static bool Admits(StoredFence? stored, Fence fence) => stored is not { } there || (there.History == fence.History && there.Number <= fence.Number);

    /// <summary>Whether an activation that reads what this is stored with has to put its own fence in its place first.</summary>
    /// <remarks>One without a number never does: its silo is dead, or alone.</remarks>
    public static bool IsRaisedBy(StoredFence? stored, Fence fence) =>
        fence.Number > 0 && (stored is not { } there ? fence.RaiseBelow > 0 : there.History != fence.History || there.Number < fence.RaiseBelow);

    /// <summary>Why an activation may not write where this is stored.</summary>
    /// <param name="state">Which state, where: the subject of the sentence.</param>
    /// <param name="fence">The activation's, which this does not admit.</param>
    public string Refusal(string state, Fence fence) => History == fence.History
        ? $"{state} belongs to a later activation, with fence {Number}; this one has {fence.Number}. Its silo has been declared dead."
        : $"{state} belongs to an activation of another cluster, or of an earlier or later membership table of this one, with fence {Number} of history \"{History}\"; this one has {fence.Number} of \"{fence.History}\". "
            + "Whoever reads it next may write it.";
}
