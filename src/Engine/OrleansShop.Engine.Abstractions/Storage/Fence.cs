namespace OrleansShop.Engine.Storage;

/// <summary>
/// Tells the writes of an activation from those of one that a later activation has followed on another silo: the later has the higher number,
/// if the earlier one's silo has died.
/// </summary>
/// <param name="Number">The number of the activation. 0 if it has none, because its silo is alone; never negative.</param>
/// <param name="RaiseBelow">
/// A stored number below this was written by an activation whose silo may have died since: who reads it stores <paramref name="Number"/> in its place, so that
/// what that silo may still have on its way is refused. Not greater than <paramref name="Number"/>, unless that is 0.
/// </param>
public readonly record struct Fence(long Number, long RaiseBelow)
{
    private readonly string? _history;

    /// <summary>
    /// Which sequence of views <see cref="Number"/> counts: of which membership table, since when. Numbers of different histories say nothing of each other:
    /// who reads a state with a number of another history puts its own in its place, whatever the two are, and who has not read it since may not write. Empty if there is no table.
    /// Default "".
    /// </summary>
    public string History
    {
        get => _history ?? "";
        init => _history = string.IsNullOrEmpty(value) ? null : value;
    }
}
