namespace OrleansShop.Engine.TestingHost;

/// <summary>For the few members whose signature is synchronous and whose work is not.</summary>
internal static class Blocking
{
    /// <summary>Runs on the pool, so that nobody's scheduler is waited for, and waits.</summary>
    public static void Run(Func<Task> work) => Task.Run(work).GetAwaiter().GetResult();

    /// <summary>Runs on the pool and waits for the result.</summary>
    public static T Run<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();
}
