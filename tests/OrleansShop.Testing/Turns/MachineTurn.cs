using System.Diagnostics;
using System.Reflection;
using Xunit;

namespace OrleansShop.Testing.Turns;

/// <summary>
/// The tests of an assembly that load the whole machine, or keep deadlines of clusters of processes: one such assembly at a time, whoever starts them. Make it an assembly fixture
/// (<c>[assembly: AssemblyFixture(typeof(MachineTurn))]</c>); its tests then begin once the turn is theirs, beside those of assemblies that take none.
/// </summary>
/// <remarks>
/// The turn is a locked file in the temp folder, which the system lets go when a process ends in whatever way. The file stays: if it were deleted, two could lock files of its name.
/// </remarks>
public sealed class MachineTurn : IAsyncLifetime
{
    private const string FileName = "orleansshop-tests.turn";

    // All demanding assemblies of two runs together take half of this.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly string _path;
    private readonly TimeSpan _deadline;
    private FileStream? _file;

    public MachineTurn()
        : this(Path.Combine(Path.GetTempPath(), FileName), Deadline)
    {
    }

    private MachineTurn(string path, TimeSpan deadline) => (_path, _deadline) = (path, deadline);

    /// <summary>A turn of its own, for the tests of turns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="deadline">How long to wait for it.</param>
    public static MachineTurn At(string path, TimeSpan deadline) => new(path, deadline);

    /// <summary>Waits for the turn.</summary>
    /// <exception cref="TimeoutException">It did not come; the message names who has it.</exception>
    public async ValueTask InitializeAsync()
    {
        var since = Stopwatch.GetTimestamp();
        while ((_file = TryTake()) is null)
        {
            if (Stopwatch.GetElapsedTime(since) > _deadline) throw new TimeoutException($"The turn of {_path} did not come within {_deadline}. It is held by {await File.ReadAllTextAsync(HolderPath)}. If that hangs, end it.");
            await Task.Delay(Pause);
        }

        await File.WriteAllTextAsync(HolderPath, $"process {Environment.ProcessId}, {Assembly.GetEntryAssembly()?.GetName().Name}");
    }

    /// <summary>Lets the next have it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_file is { } file) await file.DisposeAsync();
        _file = null;
    }

    // Beside the locked one, which nobody else may read.
    private string HolderPath => _path + ".holder";

    private FileStream? TryTake()
    {
        try
        {
            return new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            // Another has it.
            return null;
        }
    }
}
