namespace OrleansShop.Clinic.Monolith.Configuration;

/// <summary>Everything that the monolith takes from configuration, checked. See <see cref="MonolithOptionsReader"/> for how it is read.</summary>
internal sealed record MonolithOptions
{
    public const string DefaultSqliteConnectionString = "Data Source=data/petclinic.db";

    /// <summary><c>Database:Provider</c>: <c>Sqlite</c> (default) or <c>PostgreSql</c>.</summary>
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.Sqlite;

    /// <summary><c>Database:ConnectionString</c>. Required for PostgreSQL; for SQLite by default a file <c>data/petclinic.db</c> below the working directory.</summary>
    public string ConnectionString { get; init; } = DefaultSqliteConnectionString;

    /// <summary><c>Security:Enabled</c>: whether clients must sign in (HTTP basic) and have the role that an operation needs. Default false.</summary>
    public bool SecurityEnabled { get; init; }

    /// <summary><c>Cors:Origins</c>: origins whose pages may call the API, as an array or separated by commas. Default <c>http://localhost:4200</c>, the original Angular client.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = ["http://localhost:4200"];

    /// <summary><c>Limits:MaxRequestBodyBytes</c>: the longest request body, in bytes. Default 1 MiB: many times the longest valid one. Longer: 413.</summary>
    public int MaxRequestBodyBytes { get; init; } = 1024 * 1024;

    /// <summary><c>Limits:MaxRequestHeadersBytes</c>: all request headers together, in bytes. Default 32 KiB, as Kestrel has it. More: 431.</summary>
    public int MaxRequestHeadersBytes { get; init; } = 32 * 1024;

    /// <summary><c>Limits:MaxRequestHeaderCount</c>: request headers. Default 100, as Kestrel has it. More: 431.</summary>
    public int MaxRequestHeaderCount { get; init; } = 100;

    /// <summary><c>Limits:MaxRequestTargetBytes</c>: path and query string, in bytes. Default 8 KiB, as Kestrel has it. Longer: 414.</summary>
    public int MaxRequestTargetBytes { get; init; } = 8 * 1024;
}

internal enum DatabaseProvider
{
    Sqlite,
    PostgreSql,
}
