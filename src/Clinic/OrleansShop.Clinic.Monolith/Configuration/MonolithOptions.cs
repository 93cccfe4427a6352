using OrleansShop.Clinic.Http.Configuration;

namespace OrleansShop.Clinic.Monolith.Configuration;

/// <summary>Everything that the monolith takes from configuration, checked. See <see cref="MonolithOptionsReader"/> for how it is read.</summary>
internal sealed record MonolithOptions
{
    public const string DefaultSqliteConnectionString = "Data Source=data/petclinic.db";

    /// <summary><c>Database:Provider</c>: <c>Sqlite</c> (default) or <c>PostgreSql</c>.</summary>
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.Sqlite;

    /// <summary><c>Database:ConnectionString</c>. Required for PostgreSQL; for SQLite by default a file <c>data/petclinic.db</c> below the working directory.</summary>
    public string ConnectionString { get; init; } = DefaultSqliteConnectionString;

    /// <summary>What the services that take over parts of the contract are configured with, too.</summary>
    public ApiOptions Api { get; init; } = new();
}

internal enum DatabaseProvider
{
    Sqlite,
    PostgreSql,
}
