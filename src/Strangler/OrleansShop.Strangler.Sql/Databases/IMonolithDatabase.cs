using System.Data.Common;

namespace OrleansShop.Strangler.Sql.Databases;

/// <summary>
/// The monolith's database: transactions, and what goes wrong in them in the words of the bridge. Work may run more than once when the
/// database asks for it, so it has no effects outside its transaction. Thread-safe.
/// </summary>
internal interface IMonolithDatabase : IAsyncDisposable
{
    /// <summary>The words of this database.</summary>
    Dialects Dialects { get; }

    /// <summary>Runs work that only reads, on one consistent snapshot.</summary>
    Task<T> ReadAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Runs work that writes. When this returns, the work is committed and on disk.</summary>
    Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken);
}
