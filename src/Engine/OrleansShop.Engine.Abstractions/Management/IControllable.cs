namespace Orleans.Providers;

/// <summary>A provider that takes commands through the management grain.</summary>
public interface IControllable
{
    /// <summary>Carries out a command.</summary>
    /// <param name="command">A number whose meaning is the provider's own.</param>
    /// <param name="arg">What the command needs; serializable. Null for nothing.</param>
    /// <returns>What the command gives; serializable. Null for nothing.</returns>
    Task<object?> ExecuteCommand(int command, object? arg);
}
