using OrleansShop.Strangler.Entities;

namespace OrleansShop.Strangler.Outbox;

/// <summary>The outboxes of a service's entities, as the sweeper sees them.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Marks">Their marks.</param>
/// <param name="Content">Their kinds and their grains.</param>
public sealed record SweptOutboxes(string Service, IOutboxMarkTable Marks, IndexedContent Content);
