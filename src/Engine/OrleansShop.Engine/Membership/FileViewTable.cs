using Orleans.Runtime;

namespace OrleansShop.Engine.Membership;

/// <summary>
/// The membership table of processes on one machine: one file, replaced as a whole under a lock file. A reader needs no lock,
/// because a replacement is atomic.
/// </summary>
internal sealed class FileViewTable : IViewTable
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LockRetryDelay = TimeSpan.FromMilliseconds(5);

    private readonly string _path;
    private readonly string _clusterId;
    private readonly TimeProvider _time;

    public FileViewTable(string path, string clusterId, TimeProvider time)
    {
        _path = Path.GetFullPath(path);
        _clusterId = clusterId;
        _time = time;
    }

    public async Task<MembershipView> Read(CancellationToken cancellationToken)
    {
        try
        {
            return FileViewFormat.Parse(await File.ReadAllBytesAsync(_path, cancellationToken), _clusterId, _path);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return MembershipView.Empty;
        }
    }

    public Task<bool> TryWrite(MembershipRow row, long expectedVersion, CancellationToken cancellationToken) =>
        Change(content => content.Version == expectedVersion ? TableContent.Put(content, row) : null, cancellationToken);

    public Task<bool> Beat(SiloAddress silo, CancellationToken cancellationToken) =>
        Change(content => TableContent.Beat(content, silo), cancellationToken);

    private async Task<bool> Change(Func<MembershipView, MembershipView?> change, CancellationToken cancellationToken)
    {
        await using (await Lock(cancellationToken))
        {
            if (change(await Read(cancellationToken)) is not { } next)
                return false;
            await Replace(FileViewFormat.Write(next, _clusterId), cancellationToken);
            return true;
        }
    }

    private async Task Replace(byte[] content, CancellationToken cancellationToken)
    {
        // Under the lock there is one writer, so one name for the new content is enough, and a crash leaves at most one such file.
        var next = _path + ".next";
        await using (var file = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await file.WriteAsync(content, cancellationToken);
            file.Flush(flushToDisk: false);
        }

        File.Move(next, _path, overwrite: true);
    }

    private async Task<FileStream> Lock(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var since = _time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (_time.GetElapsedTime(since) < LockPatience)
            {
                await Task.Delay(LockRetryDelay, _time, cancellationToken);
            }
            catch (IOException cause)
            {
                throw new IOException(
                    $"The lock of the membership file {_path} was not free for {LockPatience.TotalSeconds} s. A process that holds "
                    + $"{_path}.lock hangs: stop it.", cause);
            }
        }
    }
}
