using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace OrleansShop.Clinic.Monolith.Configuration;

/// <summary>Reads and checks the configuration; faults are collected, so that one start shows them all.</summary>
internal sealed class MonolithOptionsReader
{
    private static readonly MonolithOptions Defaults = new();

    private readonly IConfiguration _configuration;
    private readonly List<string> _faults = [];

    private MonolithOptionsReader(IConfiguration configuration) => _configuration = configuration;

    /// <exception cref="InvalidConfigurationException">Any value is not usable.</exception>
    public static MonolithOptions Read(IConfiguration configuration)
    {
        var reader = new MonolithOptionsReader(configuration);
        var provider = reader.Provider();
        var options = new MonolithOptions
        {
            Provider = provider ?? Defaults.Provider,
            ConnectionString = provider is { } known ? reader.ConnectionString(known) : "",
            SecurityEnabled = reader.Flag("Security:Enabled", Defaults.SecurityEnabled),
            CorsOrigins = reader.Origins(),
            MaxRequestBodyBytes = reader.Number("Limits:MaxRequestBodyBytes", Defaults.MaxRequestBodyBytes, min: 1024, max: 16 * 1024 * 1024),
            MaxRequestHeadersBytes = reader.Number("Limits:MaxRequestHeadersBytes", Defaults.MaxRequestHeadersBytes, min: 1024, max: 128 * 1024),
            MaxRequestHeaderCount = reader.Number("Limits:MaxRequestHeaderCount", Defaults.MaxRequestHeaderCount, min: 10, max: 1000),
            MaxRequestTargetBytes = reader.Number("Limits:MaxRequestTargetBytes", Defaults.MaxRequestTargetBytes, min: 256, max: 32 * 1024),
        };

        return reader._faults.Count == 0 ? options : throw new InvalidConfigurationException(reader._faults);
    }

    private DatabaseProvider? Provider()
    {
        const string key = "Database:Provider";
        var value = _configuration[key];
        if (string.IsNullOrEmpty(value)) return Defaults.Provider;

        foreach (var provider in Enum.GetValues<DatabaseProvider>())
        {
            if (string.Equals(provider.ToString(), value, StringComparison.OrdinalIgnoreCase)) return provider;
        }

        Fault(key, value, "Sqlite or PostgreSql");
        return null;
    }

    private string ConnectionString(DatabaseProvider provider)
    {
        const string key = "Database:ConnectionString";
        var value = _configuration[key];
        if (string.IsNullOrEmpty(value) && provider == DatabaseProvider.Sqlite) return MonolithOptions.DefaultSqliteConnectionString;

        if (string.IsNullOrEmpty(value))
        {
            Fault(key, "", "a PostgreSQL connection string, because Database:Provider is PostgreSql");
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
            Fault(key, "(not shown)", $"a connection string of {provider}: {fault.Message}");
            return "";
        }
    }

    private bool Flag(string key, bool fallback)
    {
        var value = _configuration[key];
        if (string.IsNullOrEmpty(value)) return fallback;
        if (bool.TryParse(value, out var flag)) return flag;

        Fault(key, value, "true or false");
        return fallback;
    }

    private int Number(string key, int fallback, int min, int max)
    {
        var value = _configuration[key];
        if (string.IsNullOrEmpty(value)) return fallback;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max) return number;

        Fault(key, value, $"a whole number from {min} to {max}");
        return fallback;
    }

    private IReadOnlyList<string> Origins()
    {
        const string key = "Cors:Origins";
        var section = _configuration.GetSection(key);
        var listed = section.GetChildren().Select(child => child.Value ?? "").ToList();
        if (listed.Count == 0 && section.Value is null) return Defaults.CorsOrigins;

        var origins = listed.Concat((section.Value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        foreach (var origin in origins.Where(origin => !IsOrigin(origin)))
        {
            Fault(key, origin, "an origin such as http://localhost:4200, without a path");
        }

        return origins;
    }

    private static bool IsOrigin(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), value, StringComparison.OrdinalIgnoreCase);

    private void Fault(string key, string value, string wanted) =>
        _faults.Add($"{key} (environment: {key.Replace(":", "__", StringComparison.Ordinal)}) is '{value}'; it must be {wanted}.");
}
