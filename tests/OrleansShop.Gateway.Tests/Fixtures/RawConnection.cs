using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrleansShop.Gateway.Tests.Fixtures;

/// <summary>Says to a server what no HTTP client would.</summary>
internal static class RawConnection
{
    /// <summary>Sends bytes and reads until the server closes, or has been silent for a while.</summary>
    /// <returns>What came back, as Latin-1; empty when the server closed without a word.</returns>
    public static async Task<string> SayAsync(Uri server, byte[] bytes, TimeSpan? patience = null)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, server.Port);
        var answer = new StringBuilder();
        using var silence = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(5));
        try
        {
            var sending = SendAsync(socket, bytes, silence.Token);
            var buffer = new byte[16_384];
            int read;
            while ((read = await socket.ReceiveAsync(buffer, silence.Token)) > 0)
            {
                answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }

            await sending;
        }
        catch (SocketException)
        {
            // Closed on us, which is one of the answers.
        }
        catch (OperationCanceledException)
        {
            // Nothing more came.
        }

        return answer.ToString();
    }

    public static Task<string> SayAsync(Uri server, string text, TimeSpan? patience = null) => SayAsync(server, Encoding.Latin1.GetBytes(text), patience);

    /// <summary>The status of an answer; 0 when there was none.</summary>
    public static int StatusOf(string answer) =>
        answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture) : 0;

    private static async Task SendAsync(Socket socket, byte[] bytes, CancellationToken cancellationToken)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await socket.SendAsync(bytes.AsMemory(sent, Math.Min(4096, bytes.Length - sent)), cancellationToken);
        }
    }
}
