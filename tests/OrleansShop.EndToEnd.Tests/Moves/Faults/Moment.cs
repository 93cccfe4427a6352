namespace OrleansShop.EndToEnd.Tests.Moves.Faults;

/// <summary>When in a step.</summary>
internal enum Moment
{
    /// <summary>It was asked for, and has not been done.</summary>
    Before,

    /// <summary>It was done, and its answer is on the way.</summary>
    After,
}
