using System.Data.Common;
using Dapper;

namespace OrleansShop.Clinic.Monolith.Persistence;

/// <summary>
/// One connection in one transaction, from beginning to commit, with the repositories on it. Disposing without a commit rolls back. Statements end early when
/// the token does that the session was begun with. Not safe for use by two threads.
/// </summary>
internal sealed class ClinicSession : IAsyncDisposable
{
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private readonly CancellationToken _cancellationToken;
    private readonly Action? _onEnd;

    public ClinicSession(DbConnection connection, DbTransaction transaction, string forUpdate, CancellationToken cancellationToken, Action? onEnd = null)
    {
        (_connection, _transaction, _cancellationToken, _onEnd) = (connection, transaction, cancellationToken, onEnd);
        ForUpdate = forUpdate;
        Owners = new OwnerRepository(this);
        Pets = new PetRepository(this);
        Types = new PetTypeRepository(this);
        Visits = new VisitRepository(this);
        Vets = new VetRepository(this);
        Specialties = new SpecialtyRepository(this);
        Users = new UserRepository(this);
    }

    public OwnerRepository Owners { get; }

    public PetRepository Pets { get; }

    public PetTypeRepository Types { get; }

    public VisitRepository Visits { get; }

    public VetRepository Vets { get; }

    public SpecialtyRepository Specialties { get; }

    public UserRepository Users { get; }

    /// <summary>Ends a SELECT that must lock its rows until the transaction ends. Empty where writers exclude each other anyway.</summary>
    public string ForUpdate { get; }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters) => [.. await _connection.QueryAsync<T>(Command(sql, parameters))];

    public Task<T?> FindAsync<T>(string sql, object? parameters) => _connection.QuerySingleOrDefaultAsync<T>(Command(sql, parameters));

    public async Task<T> ScalarAsync<T>(string sql, object? parameters) => (await _connection.ExecuteScalarAsync<T>(Command(sql, parameters)))!;

    /// <summary>The number of rows changed.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters) => _connection.ExecuteAsync(Command(sql, parameters));

    /// <summary>Not cancelled once it has begun: a client that gives up must not leave us guessing whether the commit happened.</summary>
    public Task CommitAsync() => _transaction.CommitAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _transaction.DisposeAsync();
            await _connection.DisposeAsync();
        }
        finally
        {
            _onEnd?.Invoke();
        }
    }

    private CommandDefinition Command(string sql, object? parameters) => new(sql, parameters, _transaction, cancellationToken: _cancellationToken);
}
