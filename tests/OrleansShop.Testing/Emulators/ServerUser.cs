using System.Diagnostics;

namespace OrleansShop.Testing.Emulators;

/// <summary>
/// An unprivileged user to run a server as, for servers that refuse root. Only root needs (and can use) it; null stands for the user of the tests.
/// </summary>
public sealed class ServerUser
{
    private const string Name = "nobody";

    private ServerUser()
    {
    }

    /// <summary>Who runs servers here: the unprivileged user when the tests run as root, else null.</summary>
    public static ServerUser? Current { get; } = Environment.IsPrivilegedProcess && OperatingSystem.IsLinux() ? new ServerUser() : null;

    /// <summary>The command line that runs a command line as this user.</summary>
    public IReadOnlyList<string> Prefix(IReadOnlyList<string> command) => ["setpriv", $"--reuid={Name}", "--regid=nogroup", "--clear-groups", "--", .. command];

    /// <summary>Gives a folder to this user.</summary>
    public void Own(string folder) => Run("chown", ["-R", $"{Name}:nogroup", folder]);

    /// <summary>Whether this user can run a program: every folder above it must let strangers through.</summary>
    public bool CanRun(string program)
    {
        using var process = Process.Start(new ProcessStartInfo("setpriv", Prefix(["test", "-x", program]).Skip(1)))!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static void Run(string program, string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
