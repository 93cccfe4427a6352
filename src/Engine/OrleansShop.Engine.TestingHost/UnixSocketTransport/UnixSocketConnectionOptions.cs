using System.Net;

namespace Orleans.TestingHost.UnixSocketTransport;

/// <summary>Options of connections over Unix domain sockets. The same on all silos and clients of a cluster.</summary>
public class UnixSocketConnectionOptions
{
    /// <summary>
    /// The path of the socket file of an endpoint; at most 107 bytes on Linux. Default: a file in the temporary folder, named after the endpoint, where
    /// every character that is neither a letter nor a digit is an underscore.
    /// </summary>
    public Func<EndPoint, string> ConvertEndpointToPath { get; set; } = static endpoint =>
        Path.Combine(Path.GetTempPath(), string.Concat(endpoint.ToString()!.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_')));
}
