using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using OrleansShop.Clinic.Http.Configuration;

namespace OrleansShop.Clinic.Monolith.Configuration;

/// <summary>Reads and checks the configuration; faults are collected, so that one start shows them all.</summary>
internal sealed class MonolithOptionsReader
{
    private static readonly MonolithOptions Defaults = new();

    private readonly SettingsReader _settings;

    private MonolithOptionsReader(IConfiguration configuration) => _settings = new SettingsReader(configuration);

    /// <exception cref="InvalidConfigurationException">Any value is not usable.</exception>
    public static MonolithOptions Read(IConfiguration configuration)
    {
        var reader = new MonolithOptionsReader(configuration);
        var provider = reader.Provider();
        var options = new MonolithOptions
        {
            Provider = provider ?? Defaults.Provider,
            ConnectionString = provider is { } known ? reader.ConnectionString(known) : "",
            Api = ApiOptions.Read(reader._settings),
        };

        return reader._settings.Faults.Count == 0 ? options : throw new InvalidConfigurationException([.. reader._settings.Faults.Select(fault => fault.ToString())]);
    }

    private DatabaseProvider? Provider()
    {
        const string key = "Database:Provider";
        var value = _settings.Text(key);
        if (string.IsNullOrEmpty(value)) return Defaults.Provider;

        foreach (var provider in Enum.GetValues<DatabaseProvider>())
        {
            if (string.Equals(provider.ToString(), value, StringComparison.OrdinalIgnoreCase)) return provider;
        }

        _settings.Fault(key, value, "Sqlite or PostgreSql");
        return null;
    }

    private string ConnectionString(DatabaseProvider provider)
    {
        const string key = "Database:ConnectionString";
        var value = _settings.Text(key);
        if (string.IsNullOrEmpty(value) && provider == DatabaseProvider.Sqlite) return MonolithOptions.DefaultSqliteConnectionString;

        if (string.IsNullOrEmpty(value))
        {
            _settings.Fault(key, "", "a PostgreSQL connection string, because Database:Provider is PostgreSql");
            return "";
        }

        try
        {
            DbConnectionStringBuilder parsed = provider == DatabaseProvider.Sqlite ? new SqliteConnectionStringBuilder(value) : new NpgsqlConnectionStringBuilder(value);
            return parsed.ConnectionString;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidCastException)
        {
            // The value may hold a password, so it is not shown.
            _settings.Fault(key, "(not shown)", $"a connection string of {provider}: {fault.Message}");
            return "";
        }
    }
}
