using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Hosting;

/// <summary>A monolith for the tests of one class, on a database of its own. Tests leave the first rows alone and work on what they create.</summary>
public abstract class ClinicFixture : IAsyncLifetime
{
    private RunningMonolith? _monolith;

    public ClinicClient Http => (_monolith ?? throw new InvalidOperationException("The fixture has not started.")).Http;

    /// <summary>Configuration that names the database.</summary>
    public abstract IReadOnlyDictionary<string, string?> DatabaseSettings { get; }

    public async ValueTask InitializeAsync()
    {
        await InitializeEmptyAsync();
        _monolith = await StartAnotherAsync();
    }

    /// <summary>Creates the database only; no monolith has seen it yet.</summary>
    public Task InitializeEmptyAsync() => CreateDatabaseAsync();

    /// <summary>A second monolith on the same database.</summary>
    public Task<RunningMonolith> StartAnotherAsync(TimeProvider? time = null, params (string Key, string Value)[] settings) => RunningMonolith.StartAsync(
        new Dictionary<string, string?>([.. DatabaseSettings, .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))]), time);

    /// <summary>Runs a statement past the application.</summary>
    public abstract Task ExecuteSqlAsync(string sql);

    public async ValueTask DisposeAsync()
    {
        if (_monolith is not null) await _monolith.DisposeAsync();
        await DropDatabaseAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task CreateDatabaseAsync();

    protected abstract Task DropDatabaseAsync();
}
