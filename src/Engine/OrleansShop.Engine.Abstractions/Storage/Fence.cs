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
public readonly record struct Fence(long Number, long RaiseBelow);
