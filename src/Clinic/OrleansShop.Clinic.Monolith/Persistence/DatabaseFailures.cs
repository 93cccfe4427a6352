using System.Data.Common;
using OrleansShop.Clinic.Http.Problems;

namespace OrleansShop.Clinic.Monolith.Persistence;

/// <summary>A database that is away or too busy is foreseen; any other failure of it is a fault of a statement.</summary>
internal sealed class DatabaseFailures(IDatabaseDialect dialect) : IForeseenFailures
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public ProblemException? ToProblem(Exception failure) => failure is DbException database && dialect.CauseOf(database) == FailureCause.Unavailable
        ? ProblemException.Unavailable(ContractTexts.DatabaseUnavailable, RetryAfter)
        : null;
}
