using System.Diagnostics;
using System.Security.Cryptography;

namespace OrleansShop.Testing.Emulators;

/// <summary>
/// The servers of tests/emulators, installed from npm on first use. Test processes that start together wait for one of them to install; a later change of
/// the lock file makes the next one install again.
/// </summary>
public static class EmulatorPackages
{
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LockPollInterval = TimeSpan.FromMilliseconds(200);
    private static readonly string Folder = Path.Combine(RepositoryRoot.Path, "tests", "emulators");
    private static readonly Lazy<Task> Installation = new(InstallAsync);

    /// <summary>The folder of an installed package, by its name in npm.</summary>
    public static async Task<string> FindAsync(string package)
    {
        await Installation.Value;
        var folder = Path.Combine(Folder, "node_modules", package);
        return Directory.Exists(folder)
            ? folder
            : throw new InvalidOperationException($"The package {package} is not in {Folder}/package.json, or npm left it out on this platform.");
    }

    private static async Task InstallAsync()
    {
        var stamp = Path.Combine(Folder, "node_modules", ".installed");
        var wanted = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"))));
        using var deadline = new CancellationTokenSource(InstallTimeout);

        await using (await LockAsync(deadline.Token))
        {
            if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp, deadline.Token) == wanted) return;

            await RunNpmAsync(deadline.Token);
            await File.WriteAllTextAsync(stamp, wanted, deadline.Token);
        }
    }

    /// <summary>Held by one process at a time; the operating system lets go of it when that process dies.</summary>
    private static async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(Folder, "node_modules.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(LockPollInterval, cancellationToken);
            }
        }
    }

    private static async Task RunNpmAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using var npm = Process.Start(start) ?? throw new InvalidOperationException("npm did not start.");
        var output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = npm.StandardError.ReadToEndAsync(cancellationToken);
        await npm.WaitForExitAsync(cancellationToken);
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"'npm ci' in {Folder} ended with {npm.ExitCode}. The tests need it once, with access to the npm registry.\n{await output}\n{await errors}");
        }
    }
}
