using System.Data.Common;

namespace OrleansShop.Clinic.Monolith.Persistence;

/// <summary>What differs between the two databases that the monolith runs on. All statements of the repositories are the same for both.</summary>
internal interface IDatabaseDialect
{
    /// <summary>Folder of this database's schema scripts, and its name in messages.</summary>
    string Name { get; }

    /// <summary>A connection with an open transaction. A reading one sees a single snapshot throughout; a writing one may have waited for its turn.</summary>
    Task<ClinicSession> BeginAsync(SessionPurpose purpose, CancellationToken cancellationToken);

    FailureCause CauseOf(DbException failure);
}
