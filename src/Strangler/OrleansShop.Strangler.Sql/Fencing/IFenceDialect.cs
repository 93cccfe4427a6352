using System.Data.Common;

namespace OrleansShop.Strangler.Sql.Fencing;

/// <summary>How the two databases keep the monolith from what it does not own.</summary>
internal interface IFenceDialect
{
    /// <summary>What of a plan is not there.</summary>
    Task<IReadOnlyList<FenceGap>> FindGapsAsync(DbTransaction transaction, FencePlan plan);

    /// <summary>Makes tables and triggers so that nothing of the plan is missing. From the commit on, every write of the monolith meets them.</summary>
    Task RaiseAsync(DbTransaction transaction, FencePlan plan);

    /// <summary>Takes the plan's triggers away and leaves the tables.</summary>
    Task LowerAsync(DbTransaction transaction, FencePlan plan);

    /// <summary>Takes the tables away, when no capability needs them any more.</summary>
    Task DropTablesAsync(DbTransaction transaction);
}
