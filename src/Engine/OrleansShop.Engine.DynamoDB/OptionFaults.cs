using Orleans.Runtime;
using OrleansShop.Storage.DynamoDB.Connecting;
using OrleansShop.Storage.DynamoDB.Tables;

namespace OrleansShop.Engine.DynamoDB;

/// <summary>Collects what is wrong with the options of one provider, so that all of it is said at once.</summary>
/// <param name="provider">Which provider, for the message.</param>
/// <param name="options">The name of the options class.</param>
internal sealed class OptionFaults(string provider, string options)
{
    private readonly List<string> _faults = [];

    public void Check(bool holds, string option, object? given, string wanted)
    {
        if (!holds) Add(option, $"is {given ?? "null"}; it must be {wanted}");
    }

    public void Check(DynamoDBEndpoint endpoint)
    {
        foreach (var (option, fault) in endpoint.Faults()) Add(option, fault);
    }

    public void CheckTable(string? name, string option) =>
        Check(DynamoDBTable.IsName(name), option, $"\"{name}\"", "3 to 255 letters, digits, underscores, hyphens and dots, or an ARN");

    public void CheckCapacity(bool isProvisioned, int read, int write)
    {
        if (!isProvisioned) return;
        Check(read >= 1, "ReadCapacityUnits", read, "at least 1");
        Check(write >= 1, "WriteCapacityUnits", write, "at least 1");
    }

    /// <exception cref="OrleansConfigurationException">Something is wrong.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0) throw new OrleansConfigurationException($"The configuration of {provider} is invalid:{string.Concat(_faults)}");
    }

    private void Add(string option, string fault) => _faults.Add($"{Environment.NewLine}  {options}.{option} {fault}.");
}
