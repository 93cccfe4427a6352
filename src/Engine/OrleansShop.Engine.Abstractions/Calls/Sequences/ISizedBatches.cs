namespace OrleansShop.Engine.Calls;

/// <summary>A call that opens a sequence, whatever its items are.</summary>
internal interface ISizedBatches
{
    /// <summary>How many items that are there without waiting come back at once, 1 or more.</summary>
    int BatchSize { get; set; }
}
