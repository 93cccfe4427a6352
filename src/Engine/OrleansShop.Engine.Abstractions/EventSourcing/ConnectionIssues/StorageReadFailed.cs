using Orleans;
using Orleans.EventSourcing.Common;

namespace OrleansShop.Engine.EventSourcing;

/// <summary>The log could not be read.</summary>
[GenerateSerializer]
internal sealed class StorageReadFailed : PrimaryOperationFailed;
