namespace OrleansShop.Cli.Gateway;

/// <summary>The gateway answered with a problem. The message is its detail.</summary>
internal sealed class GatewayRefusedException(int status, string title, string detail, string problemJson) : Exception(detail)
{
    public int Status { get; } = status;

    public string Title { get; } = title;

    public string ProblemJson { get; } = problemJson;
}
