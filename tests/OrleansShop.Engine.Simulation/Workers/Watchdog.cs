namespace OrleansShop.Engine.Simulation.Workers;

/// <summary>Ends the process when a seed does not come to its end: the one thread of the pool cannot say so itself.</summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>The exit code of a process that was ended.</summary>
    public const int ExitCode = 3;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly ManualResetEventSlim _ended = new();

    public Watchdog(int seed) => new Thread(() => Watch(seed)) { IsBackground = true, Name = "Watchdog" }.Start();

    public void Dispose() => _ended.Set();

    private void Watch(int seed)
    {
        if (_ended.Wait(s_patience))
            return;
        Console.Error.WriteLine($"seed {seed}: does not end; the thread pool has {ThreadPool.PendingWorkItemCount} work items waiting after {s_patience.TotalSeconds} s. Replay it with --trace: the last line says how far it came.");
        Environment.Exit(ExitCode);
    }
}
