using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OrleansShop.Testing.Mail;

/// <summary>
/// An SMTP server on a loopback port: as much of RFC 5321 as a client needs that hands over mails, and the faults that servers have. It keeps what it gets.
/// </summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, bool> _sessions = new();
    private readonly ConcurrentQueue<ReceivedMail> _mails = new();
    private readonly int _port;
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private int _connections;
    private int _most;
    private int _signIns;
    private volatile SmtpFault _fault;

    private SmtpServer()
    {
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener);
    }

    public int Port => _port;

    /// <summary>What it does wrong from the next command on.</summary>
    public SmtpFault Fault
    {
        get => _fault;
        set => _fault = value;
    }

    /// <summary>The mails that it has taken, or kept in spite of what it said, in their order.</summary>
    public IReadOnlyCollection<ReceivedMail> Mails => _mails;

    /// <summary>The most connections that it had at a time.</summary>
    public int MostConnections => Volatile.Read(ref _most);

    /// <summary>How long it takes to say that it has a mail. Default zero.</summary>
    public TimeSpan Slowness { get; set; }

    /// <summary>What it proves itself with after STARTTLS, which it offers then, from the next connection on. Default null: it has no TLS.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>As whom clients have to sign in, over TLS if it has a certificate, before it takes a mail; from the next command on. Default null: anybody may send.</summary>
    public NetworkCredential? Account { get; set; }

    /// <summary>How often somebody tried to sign in.</summary>
    public int SignIns => Volatile.Read(ref _signIns);

    public static SmtpServer Start() => new();

    /// <summary>Listens no more: connections are refused.</summary>
    public async Task CloseAsync()
    {
        _listener?.Stop();
        _listener = null;
        await _accepting;
    }

    /// <summary>Listens again, at the same port.</summary>
    public void Open()
    {
        _listener = new TcpListener(IPAddress.Loopback, _port);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await _stop.CancelAsync();
        await Task.WhenAll(_sessions.Keys);
        _stop.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync();
            }
            catch (Exception stopped) when (stopped is SocketException or InvalidOperationException) // The latter if it was stopped in between.
            {
                return;
            }

            var session = ServeAsync(client);
            _sessions.TryAdd(session, true);
            _ = session.ContinueWith(done => _sessions.TryRemove(done, out _), TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        Interlocked.Exchange(ref _most, Math.Max(Volatile.Read(ref _most), Interlocked.Increment(ref _connections)));
        try
        {
            await using var stream = client.GetStream();
            using var session = new Session(this, stream);
            await session.RunAsync(_stop.Token);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or AuthenticationException)
        {
            // The client has gone, or did not want this certificate, or the server is stopped.
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    private sealed class Session(SmtpServer server, NetworkStream connection) : IDisposable
    {
        private static readonly Encoding Latin1 = Encoding.Latin1; // Each byte as it is.

        private readonly List<string> _recipients = [];
        private Stream _stream = connection;
        private StreamReader _reader = new(connection, Latin1);
        private string _sender = "";
        private bool _isSignedIn;

        private bool IsSecret => _stream is SslStream;

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            if (server.Fault == SmtpFault.HangAtGreeting) await Task.Delay(Timeout.Infinite, cancellationToken);
            if (server.Fault == SmtpFault.ClosedToday)
            {
                await SayAsync("421 sink.example closed today", cancellationToken);
                return;
            }

            await SayAsync("220 sink.example ESMTP", cancellationToken);
            while (await _reader.ReadLineAsync(cancellationToken) is { } line)
            {
                if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
                {
                    await SayAsync("221 bye", cancellationToken);
                    return;
                }

                if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
                {
                    if (!await TakeAsync(cancellationToken)) return;
                }
                else if (line.StartsWith("STARTTLS", StringComparison.OrdinalIgnoreCase) && server.Certificate is { } certificate && !IsSecret)
                {
                    await SayAsync("220 go on", cancellationToken);
                    await TurnToTlsAsync(certificate, cancellationToken);
                }
                else if (line.StartsWith("AUTH LOGIN", StringComparison.OrdinalIgnoreCase) && server.Account is { } account && MaySignIn)
                {
                    await SayAsync(await SignInAsync(line, account, cancellationToken) ? "235 2.7.0 welcome" : "535 5.7.8 wrong name or password", cancellationToken);
                }
                else
                {
                    await SayAsync(Answer(line), cancellationToken);
                }
            }
        }

        public void Dispose()
        {
            _reader.Dispose();
            _stream.Dispose();
        }

        private bool MaySignIn => IsSecret || server.Certificate is null;

        private async Task TurnToTlsAsync(X509Certificate2 certificate, CancellationToken cancellationToken)
        {
            var secret = new SslStream(_stream);
            (_stream, _isSignedIn) = (secret, false);
            await secret.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellationToken);
            _reader = new StreamReader(secret, Latin1);
        }

        // The name comes with the command, or is asked for.
        private async Task<bool> SignInAsync(string line, NetworkCredential account, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref server._signIns);
            var name = line.Split(' ') is [_, _, var given] ? given : await AskAsync("Username:", cancellationToken);
            var password = await AskAsync("Password:", cancellationToken);
            return _isSignedIn = (Plain(name), Plain(password)) == (account.UserName, account.Password);
        }

        private async Task<string> AskAsync(string question, CancellationToken cancellationToken)
        {
            await SayAsync($"334 {Convert.ToBase64String(Latin1.GetBytes(question))}", cancellationToken);
            return await _reader.ReadLineAsync(cancellationToken) ?? throw new EndOfStreamException("The client has gone while it signed in.");
        }

        private static string Plain(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

        private string Answer(string line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    var startTls = server.Certificate is not null && !IsSecret ? "250-STARTTLS\r\n" : "";
                    var signIn = server.Account is not null && MaySignIn ? "250-AUTH LOGIN\r\n" : "";
                    return $"250-sink.example\r\n250-8BITMIME\r\n{startTls}{signIn}250 SIZE 10485760";
                case "HELO" or "NOOP":
                    return "250 sink.example";
                case "RSET":
                    (_sender, _) = ("", _recipients.RemoveAll(static _ => true));
                    return "250 forgotten";
                case "MAIL" when server.Fault == SmtpFault.SignInFirst || (server.Account is not null && !_isSignedIn):
                    return "530 5.7.0 sign in first";
                case "MAIL":
                    _sender = Address(line);
                    return "250 sender ok";
                case "RCPT" when server.Fault == SmtpFault.RecipientLater:
                    return "451 4.3.0 try again later";
                case "RCPT" when server.Fault == SmtpFault.RecipientNever:
                    return "550 5.1.1 no such mailbox";
                case "RCPT":
                    _recipients.Add(Address(line));
                    return "250 recipient ok";
                default:
                    return "502 not here";
            }
        }

        private async Task<bool> TakeAsync(CancellationToken cancellationToken)
        {
            await SayAsync("354 go on, and end with a dot", cancellationToken);
            var content = new StringBuilder();
            while (await _reader.ReadLineAsync(cancellationToken) is { } line && line != ".")
                content.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");

            if (server.Fault == SmtpFault.MailNever)
            {
                await SayAsync("552 5.3.4 too much", cancellationToken);
                return true;
            }

            server._mails.Enqueue(new ReceivedMail(_sender, [.. _recipients], content.ToString()));
            _recipients.Clear();
            if (server.Fault == SmtpFault.HangAfterData) await Task.Delay(Timeout.Infinite, cancellationToken);
            if (server.Fault == SmtpFault.DropAfterData) return false;
            if (server.Slowness > TimeSpan.Zero) await Task.Delay(server.Slowness, cancellationToken);
            await SayAsync("250 taken", cancellationToken);
            return true;
        }

        private async Task SayAsync(string answer, CancellationToken cancellationToken) => await _stream.WriteAsync(Latin1.GetBytes(answer + "\r\n"), cancellationToken);

        private static string Address(string line) => line[(line.IndexOf('<') + 1)..line.IndexOf('>')];
    }
}
