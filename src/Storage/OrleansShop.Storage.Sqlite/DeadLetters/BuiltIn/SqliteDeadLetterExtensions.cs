using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansShop.Engine.Streams.DeadLetters;

namespace OrleansShop.Storage.Sqlite.DeadLetters;

/// <summary>Adds dead letters in SQLite files.</summary>
public static class SqliteDeadLetterExtensions
{
    /// <summary>Keeps the dead letters of a provider of streams in memory in a SQLite file.</summary>
    /// <param name="builder">Puts the silo together.</param>
    /// <param name="provider">The name of the stream provider.</param>
    /// <param name="configure">Names the file.</param>
    /// <exception cref="OptionsValidationException">At start, when the options are invalid.</exception>
    public static ISiloBuilder AddSqliteDeadLetters(this ISiloBuilder builder, string provider, Action<SqliteDeadLetterOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(provider);
        builder.Services.AddOptions<SqliteDeadLetterOptions>(provider).Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddMemoryStreamDeadLetters(provider, static (services, name) =>
            new SqliteDeadLetterTable(services.GetRequiredService<IOptionsMonitor<SqliteDeadLetterOptions>>().Get(name), services.GetRequiredService<TimeProvider>()));
        return builder;
    }
}
