using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Strangler.Sql.Databases;

/// <summary>Which database the monolith has. Section <c>Bridge:Database</c>.</summary>
public sealed class MonolithDatabaseOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Bridge:Database";

    /// <summary>The kind of database. Default <see cref="DatabaseProvider.Sqlite"/>, as the monolith's own.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>
    /// How to reach it: for SQLite <c>Data Source=path</c> of a file that the monolith has made (it is never created here), for PostgreSQL an Npgsql
    /// connection string. Required.
    /// </summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// How long a statement waits for others' locks before the caller is told to come back. Range 1 second to 1 minute. Default 5 seconds: longer than any
    /// transaction of the monolith, and shorter than the 10 seconds after which callers of the bridge give up.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>The kinds of database that a monolith may have.</summary>
public enum DatabaseProvider
{
    /// <summary>A SQLite file on this machine, which the monolith has open too.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server.</summary>
    PostgreSql,
}
