using Orleans;
using Orleans.EventSourcing.Common;

namespace OrleansShop.Engine.EventSourcing;

/// <summary>Events could not be stored, or whether they were is unknown. The log is read before the next try, which tells.</summary>
[GenerateSerializer]
internal sealed class StorageWriteFailed : PrimaryOperationFailed;
