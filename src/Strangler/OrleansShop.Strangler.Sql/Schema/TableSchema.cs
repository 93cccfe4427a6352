using System.Collections.Immutable;

namespace OrleansShop.Strangler.Sql.Schema;

/// <summary>A table as the database describes it. Columns that the database computes by itself are left out: nobody writes them.</summary>
/// <param name="Name">The name.</param>
/// <param name="Columns">The columns that can be written, in the order of the table.</param>
/// <param name="PrimaryKey">The columns of the primary key.</param>
/// <param name="Sequence">What the database takes new keys from; null when the key is not one that it numbers.</param>
internal sealed record TableSchema(
    string Name,
    ImmutableArray<ColumnSchema> Columns,
    ImmutableArray<string> PrimaryKey,
    string? Sequence)
{
    /// <summary>The collation of the primary key if it takes different texts for one; null if every character counts.</summary>
    internal string? LooseCollation { get; init; }

    internal ColumnSchema? Find(string column) => Columns.FirstOrDefault(candidate => candidate.Name == column);

    internal string Quoted => Sql.Quote(Name);

    internal string ColumnNames => string.Join(", ", Columns.Select(static column => column.Name));

    /// <summary>The list after SELECT that reads every column under its name.</summary>
    internal string Selected => string.Join(", ", Columns.Select(static column => $"{column.ReadAs} AS {column.Quoted}"));
}
