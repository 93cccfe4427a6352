namespace OrleansShop.Engine.EventSourcing;

/// <summary>A log as it is stored.</summary>
/// <param name="View">The view of all entries.</param>
/// <param name="Version">How many entries there are.</param>
/// <param name="HasMoved">Whether this is another log than was known before.</param>
/// <param name="Appended">How many entries, of those that were last asked to be appended without an answer, are in the log.</param>
internal sealed record LogSnapshot<TView>(TView View, int Version, bool HasMoved = false, int Appended = 0);
