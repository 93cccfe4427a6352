using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Outbox;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>A service's index and the marks of its outboxes, which are kept in one place.</summary>
internal sealed record ServiceIndex(IEntityIndex Entries, IOutboxMarkTable Marks);
