namespace Orleans.Runtime;

/// <summary>Runs once when a silo has started.</summary>
public interface IStartupTask
{
    /// <summary>Runs. An exception stops the silo.</summary>
    Task Execute(CancellationToken cancellationToken);
}
