using OrleansShop.ServiceDefaults.Problems;
using OrleansShop.Strangler.Admission;
using Xunit;

namespace OrleansShop.Strangler.Bridge.Tests;

public sealed class ProblemAgreementTests
{
    [Fact]
    public void The_problems_of_the_library_are_those_of_the_processes()
    {
        Assert.All(
            [StranglerProblem.BadRequest, StranglerProblem.Unauthorized, StranglerProblem.Conflict, StranglerProblem.Misdirected, StranglerProblem.Unavailable],
            problem => Assert.Equal(ProblemKinds.ForStatus(problem.Status), new ProblemKind(problem.Slug, problem.Title, problem.Status)));
    }
}
