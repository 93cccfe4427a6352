using System.Net;

namespace OrleansShop.Engine.Sqs.Calling;

/// <summary>What a service answers instead of what it was asked for.</summary>
/// <param name="code">The service's name of the error, as <see cref="FaultCodes.Normalize"/> gives it.</param>
/// <param name="message">The service's sentence, shortened.</param>
/// <param name="status">The status of HTTP.</param>
internal sealed class ServiceFault(string code, string message, HttpStatusCode status) : Exception($"{code} ({(int)status}): {message}")
{
    public string Code => code;

    /// <summary>The service's sentence alone.</summary>
    public string Says => message;

    public HttpStatusCode Status => status;
}
