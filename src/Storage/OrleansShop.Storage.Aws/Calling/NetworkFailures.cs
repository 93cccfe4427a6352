using System.Net;
using System.Net.Sockets;

namespace OrleansShop.Storage.Aws.Calling;

/// <summary>Failures of the way to a service, which pass by themselves.</summary>
internal static class NetworkFailures
{
    /// <summary>Whether a failure, or what caused it, is one.</summary>
    public static bool Contain(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is HttpRequestException or IOException or SocketException or TimeoutException or WebException) return true;
        }

        return false;
    }
}
