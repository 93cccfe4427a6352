using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OrleansShop.Testing.Network;

/// <summary>
/// Loopback ports for servers that cannot bind port 0 and say which they got, or that other servers are told of before they start. A port is given once: it lies
/// below those that the system gives to whoever binds port 0 or connects, and a locked file keeps other test processes from it as long as this one lives.
/// A server that is none of the tests' may still take it in between: whoever starts a server with it tries again with another.
/// </summary>
public static class FreePort
{
    // Linux gives out those from 32768 on.
    private const int First = 12_000;
    private const int End = 32_000;
    private const int MaxAttempts = 10_000;

    private static readonly string s_folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "orleansshop-ports")).FullName;
    private static readonly List<FileStream> s_taken = [];

    static FreePort() => AppDomain.CurrentDomain.ProcessExit += static (_, _) => LetGo();

    /// <summary>A port that nobody listens at.</summary>
    public static int Next() => Next([0]);

    /// <summary>A port such that nobody listens at those as far above it as the offsets say.</summary>
    /// <param name="offsets">At least one, each from 0 to 19,999.</param>
    public static int Next(IReadOnlyList<int> offsets)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        var farthest = offsets.Max();
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var port = Random.Shared.Next(First, End - farthest);
            if (TryTake(offsets.Select(offset => port + offset))) return port;
        }

        throw new InvalidOperationException($"No port from {First} to {End} is free, with those {string.Join(", ", offsets)} above it. The files in {s_folder} that are locked name those that tests have.");
    }

    private static bool TryTake(IEnumerable<int> ports)
    {
        var taken = new List<FileStream>();
        foreach (var port in ports)
        {
            if (TryLock(port) is { } file)
            {
                taken.Add(file);
                if (CanBind(port)) continue;
            }

            taken.ForEach(static one => one.Dispose());
            return false;
        }

        lock (s_taken) s_taken.AddRange(taken);
        return true;
    }

    private static FileStream? TryLock(int port)
    {
        try
        {
            return new FileStream(FileOf(port), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            // Another has it.
            return null;
        }
    }

    private static bool CanBind(int port)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static void LetGo()
    {
        lock (s_taken)
        {
            s_taken.ForEach(static file => file.Dispose());
            s_taken.Clear();
        }
    }

    private static string FileOf(int port) => Path.Combine(s_folder, port.ToString(CultureInfo.InvariantCulture));
}
