namespace Orleans.Runtime;

/// <summary>A range without gaps: above its beginning, up to its end. One that does not begin below its end goes on at 0; one that begins where it ends is the whole ring.</summary>
public interface ISingleRange : IRingRange
{
    /// <summary>The last hash before the range.</summary>
    uint Begin { get; }

    /// <summary>The last hash of the range.</summary>
    uint End { get; }
}
