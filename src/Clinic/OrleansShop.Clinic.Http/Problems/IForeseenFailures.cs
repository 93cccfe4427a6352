namespace OrleansShop.Clinic.Http.Problems;

/// <summary>Which failures of what stands behind the API are foreseen: a database that is away, a service that does not answer.</summary>
internal interface IForeseenFailures
{
    /// <summary>What the client is told of the failure; null when nobody foresaw it, which is then a fault of the program.</summary>
    ProblemException? ToProblem(Exception failure);
}
