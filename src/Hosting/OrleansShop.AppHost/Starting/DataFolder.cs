namespace OrleansShop.AppHost.Starting;

/// <summary>The folder that everything is kept in. Held by one process at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    /// <summary>Marks a folder as made by this program, so that a reset never deletes anything else; also the lock.</summary>
    private const string Marker = ".orleansshop";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <summary>The monolith's database.</summary>
    public string MonolithDatabase => System.IO.Path.Combine(Path, "monolith.db");

    /// <summary>What the grain services keep: a file each, and their indexes.</summary>
    public string Services => System.IO.Path.Combine(Path, "services");

    /// <summary>What the gateway keeps: the phases.</summary>
    public string Gateway => System.IO.Path.Combine(Path, "gateway");

    /// <summary>Takes the folder, creating it if it does not exist.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="reset">Whether to delete what an earlier start kept in it.</param>
    /// <exception cref="StartFailedException">Another process holds the folder, it cannot be written, or it holds something else.</exception>
    public static DataFolder Open(DirectoryInfo folder, bool reset)
    {
        var marker = System.IO.Path.Combine(folder.FullName, Marker);
        if (folder.Exists && folder.EnumerateFileSystemInfos().Any() && !File.Exists(marker))
        {
            throw new StartFailedException($"The data folder {folder.FullName} holds files that OrleansShop did not make. Name an empty or a new folder with --data-dir.");
        }

        var @lock = Lock(folder, marker);
        if (reset)
        {
            Clear(folder);
        }

        return new DataFolder(folder.FullName, @lock);
    }

    /// <summary>Lets the folder go.</summary>
    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(DirectoryInfo folder, string marker)
    {
        try
        {
            folder.Create();
            return new FileStream(marker, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new StartFailedException($"The data folder {folder.FullName} cannot be written: {refused.Message} Name another with --data-dir.", refused);
        }
        catch (IOException busy)
        {
            throw new StartFailedException(
                $"The data folder {folder.FullName} cannot be taken: {busy.Message} If another OrleansShop runs on it, stop that one or name another folder with --data-dir.", busy);
        }
    }

    private static void Clear(DirectoryInfo folder)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().Where(entry => entry.Name != Marker))
        {
            if (entry is DirectoryInfo child)
            {
                child.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }
}
