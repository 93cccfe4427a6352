using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OrleansShop.Benchmarks.Engine;

/// <summary>Bare TCP between two processes with the engine's socket options: what the machine and the runtime's sockets leave to an engine.</summary>
internal static class RawSockets
{
    /// <summary>As long as the frame of a ping with its prefix; an answer is shorter, so the floor is not too low.</summary>
    public const int MessageBytes = 36;

    private const int BufferBytes = 16 * 1024;

    /// <summary>Sends back what it receives.</summary>
    internal sealed class Echo : IAsyncDisposable
    {
        private readonly Socket _listener;
        private readonly Task _loop;

        private Echo(Socket listener)
        {
            _listener = listener;
            _loop = AcceptAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

        public static Echo Start()
        {
            var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen();
            return new Echo(listener);
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Dispose();
            await _loop;
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    _ = ReturnAsync(await _listener.AcceptAsync());
                }
            }
            catch (SocketException)
            {
                // Disposed: the parent has ended.
            }
        }

        private static async Task ReturnAsync(Socket socket)
        {
            using (socket)
            {
                SetOptions(socket);
                var buffer = new byte[BufferBytes];
                while (await socket.ReceiveAsync(buffer, SocketFlags.None) is var count and > 0)
                {
                    await socket.SendAsync(buffer.AsMemory(0, count), SocketFlags.None);
                }
            }
        }
    }

    /// <summary>The asking end: so many messages in flight, each sent again when it comes back.</summary>
    internal sealed class Asker : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly byte[] _buffer = new byte[BufferBytes];

        public static async Task<Asker> ConnectAsync(string port)
        {
            var asker = new Asker();
            await asker._socket.ConnectAsync(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));
            SetOptions(asker._socket);
            return asker;
        }

        /// <summary>One message there and back.</summary>
        public async Task AskAsync()
        {
            await _socket.SendAsync(_buffer.AsMemory(0, MessageBytes), SocketFlags.None);
            for (var missing = MessageBytes; missing > 0;)
            {
                missing -= await _socket.ReceiveAsync(_buffer.AsMemory(0, missing), SocketFlags.None);
            }
        }

        /// <summary>Keeps <paramref name="inFlight"/> messages under way until the time stamp; returns how many came back.</summary>
        public async Task<long> AskUntilAsync(int inFlight, long end)
        {
            await _socket.SendAsync(_buffer.AsMemory(0, inFlight * MessageBytes), SocketFlags.None);
            long bytesBack = 0;
            long messagesSent = inFlight;
            while (true)
            {
                bytesBack += await _socket.ReceiveAsync(_buffer, SocketFlags.None);
                var back = bytesBack / MessageBytes;
                if (System.Diagnostics.Stopwatch.GetTimestamp() < end)
                {
                    // What came back in one piece leaves in one piece: the batch that an engine can hope for.
                    var again = (int)(back + inFlight - messagesSent);
                    await _socket.SendAsync(_buffer.AsMemory(0, again * MessageBytes), SocketFlags.None);
                    messagesSent += again;
                }
                else if (back == messagesSent)
                {
                    return back;
                }
            }
        }

        public void Dispose() => _socket.Dispose();
    }

    private static void SetOptions(Socket socket)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
    }
}
