using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Calls;

/// <summary>One enumeration of a sequence that a grain method returned, kept between pulls at the callee.</summary>
internal interface ISequenceCursor
{
    /// <summary>Produces the next batch for a pull.</summary>
    ValueTask FillAsync(SequencePull pull);

    /// <summary>Writes the batch that was produced last.</summary>
    void WriteLast(PayloadWriter writer);

    /// <summary>Ends the enumeration.</summary>
    ValueTask CloseAsync();

    /// <summary>When it was pulled last, in milliseconds of the table's clock; <see cref="long.MaxValue"/> during a pull.</summary>
    long LastUsedMs { get; }
}
