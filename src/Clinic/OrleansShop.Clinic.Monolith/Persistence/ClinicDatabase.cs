using System.Data.Common;

namespace OrleansShop.Clinic.Monolith.Persistence;

/// <summary>
/// Runs work in transactions. Checks such as "does the owner exist" precede the writes that need them; when another transaction slips in between, the
/// database refuses and the work is done again from its checks, which then find and report what is true now. So a lost race is answered like the same
/// request a moment later, and never as a server error.
/// </summary>
internal sealed class ClinicDatabase(IDatabaseDialect dialect)
{
    private const int MaxAttempts = 5;

    public async Task<T> ReadAsync<T>(Func<ClinicSession, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var session = await dialect.BeginAsync(SessionPurpose.Read, cancellationToken);
        var found = await read(session);
        await session.CommitAsync();
        return found;
    }

    public async Task<T> WriteAsync<T>(Func<ClinicSession, Task<T>> write, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var session = await dialect.BeginAsync(SessionPurpose.Write, cancellationToken);
                var written = await write(session);
                await session.CommitAsync();
                return written;
            }
            catch (DbException failure) when (attempt < MaxAttempts && dialect.CauseOf(failure) == FailureCause.LostRace)
            {
                // Round again: the next attempt checks anew.
            }
        }
    }

    public Task WriteAsync(Func<ClinicSession, Task> write, CancellationToken cancellationToken) => WriteAsync(
        async session =>
        {
            await write(session);
            return true;
        },
        cancellationToken);

    /// <summary>Answers when the database does.</summary>
    public Task PingAsync(CancellationToken cancellationToken) => ReadAsync(
        session => session.ScalarAsync<int>("SELECT 1", parameters: null),
        cancellationToken);
}
