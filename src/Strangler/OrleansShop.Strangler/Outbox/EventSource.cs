namespace OrleansShop.Strangler.Outbox;

/// <summary>Whose events an outbox publishes, and where. Immutable.</summary>
/// <param name="Stream">The stream that they go to.</param>
/// <param name="Source">The source in their envelopes, a URI reference that no other grain has, such as <c>/visits/visit/17</c>; its events are numbered.</param>
/// <param name="Subject">The subject in their envelopes, such as the id of a visit; null for none.</param>
public sealed record EventSource(StreamId Stream, string Source, string? Subject = null);
