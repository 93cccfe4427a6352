namespace OrleansShop.Engine.Membership;

/// <summary>
/// The membership table of processes on one machine: one file, replaced as a whole under a lock file. A reader needs no lock,
/// because a replacement is atomic.
/// </summary>
/// <remarks>
/// Only a lock that is taken is waited for. The file is small and local: the runtime would read and write it on another thread of the pool, and come
/// back, for what takes microseconds.
/// </remarks>
internal sealed class FileViewTable : IViewTable
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LockRetryDelay = TimeSpan.FromMilliseconds(5);

    private readonly string _path;
    private readonly string _clusterId;
    private readonly TimeProvider _time;

    // Replaced as a whole by whoever reads or writes: the same bytes are the same view, and most reads find what was there before.
    private volatile Content? _last;

    public FileViewTable(string path, string clusterId, TimeProvider time)
    {
        _path = Path.GetFullPath(path);
        _clusterId = clusterId;
        _time = time;
    }

    public Task<MembershipView> Read(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(ReadNow());
    }

    public async Task<bool> TryWrite(TableWrite write, CancellationToken cancellationToken)
    {
        await using (await Lock(cancellationToken))
        {
            var content = ReadNow();
            if (!TableContent.Allows(content, write))
                return false;
            Replace(TableContent.Put(content, write.Row));
            return true;
        }
    }

    public async Task<RenewedRow?> Renew(Renewal renewal, CancellationToken cancellationToken)
    {
        await using (await Lock(cancellationToken))
        {
            var content = ReadNow();
            if (TableContent.Renew(content, renewal) is not { } next)
                return TableContent.Of(content, renewal.Silo);
            Replace(next);
            return TableContent.Of(next, renewal.Silo);
        }
    }

    private MembershipView ReadNow()
    {
        // Asked first, because the first exception of a process costs its start milliseconds.
        if (!File.Exists(_path))
            return MembershipView.Empty;
        try
        {
            var bytes = File.ReadAllBytes(_path);
            if (_last is { } last && bytes.AsSpan().SequenceEqual(last.Bytes))
                return last.View;
            var view = FileViewFormat.Parse(bytes, _clusterId, _path);
            _last = new(bytes, view);
            return view;
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return MembershipView.Empty;
        }
    }

    private void Replace(MembershipView next)
    {
        var bytes = FileViewFormat.Write(next, _clusterId);
        Replace(bytes);
        _last = new(bytes, next);
    }

    private void Replace(byte[] content)
    {
        // Under the lock there is one writer, so one name for the new content is enough, and a crash leaves at most one such file.
        var next = _path + ".next";
        File.WriteAllBytes(next, content);
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

    private sealed record Content(byte[] Bytes, MembershipView View);
}
