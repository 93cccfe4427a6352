using System.Data.Common;
using OrleansShop.Strangler.Sql.Schema;

namespace OrleansShop.Strangler.Sql.Databases;

/// <summary>What the two databases say in different words.</summary>
internal interface ISqlDialect
{
    /// <summary>Describes a table, or returns null when there is none of this name.</summary>
    Task<TableSchema?> DescribeAsync(DbTransaction transaction, string table);

    /// <summary>Takes ids, ascending, that the database will give to nobody else.</summary>
    Task<IReadOnlyList<long>> TakeIdsAsync(DbTransaction transaction, TableSchema table, int count);

    /// <summary>Makes the ids that the database gives out begin behind this one, before a row is written with it. The monolith's own inserts then never collide with it.</summary>
    Task PassIdAsync(DbTransaction transaction, TableSchema table, long id);
}
