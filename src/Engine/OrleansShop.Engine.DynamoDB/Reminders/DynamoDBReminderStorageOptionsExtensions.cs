using System.Globalization;

namespace Orleans.Configuration;

/// <summary>Reads the options of reminders in DynamoDB from a text.</summary>
public static class DynamoDBReminderStorageOptionsExtensions
{
    /// <summary>
    /// Sets the options that a text names, as in <c>Service=eu-central-1;TableName=Reminders</c>: <c>Service</c>, <c>AccessKey</c>, <c>SecretKey</c>, <c>Token</c>, <c>ProfileName</c>,
    /// <c>TableName</c>, <c>ReadCapacityUnits</c>, <c>WriteCapacityUnits</c>, <c>UseProvisionedThroughput</c>, <c>CreateIfNotExists</c>, <c>UpdateIfExists</c>. Case does not matter.
    /// </summary>
    /// <exception cref="ArgumentException">A part is no option, or its value is of the wrong kind. The message does not repeat values: they may be keys.</exception>
    public static void ParseConnectionString(this DynamoDBReminderStorageOptions options, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(connectionString);
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw new ArgumentException("A part of the connection string is not of the form Name=Value.", nameof(connectionString));
            Set(options, part[..equals].TrimEnd(), part[(equals + 1)..].TrimStart());
        }
    }

    private static void Set(DynamoDBReminderStorageOptions options, string name, string value)
    {
        switch (name.ToUpperInvariant())
        {
            case "SERVICE": options.Service = value; break;
            case "ACCESSKEY": options.AccessKey = value; break;
            case "SECRETKEY": options.SecretKey = value; break;
            case "TOKEN": options.Token = value; break;
            case "PROFILENAME": options.ProfileName = value; break;
            case "TABLENAME": options.TableName = value; break;
            case "READCAPACITYUNITS": options.ReadCapacityUnits = Number(name, value); break;
            case "WRITECAPACITYUNITS": options.WriteCapacityUnits = Number(name, value); break;
            case "USEPROVISIONEDTHROUGHPUT": options.UseProvisionedThroughput = Truth(name, value); break;
            case "CREATEIFNOTEXISTS": options.CreateIfNotExists = Truth(name, value); break;
            case "UPDATEIFEXISTS": options.UpdateIfExists = Truth(name, value); break;
            default: throw new ArgumentException($"The connection string names \"{name}\", which is no option of reminders in DynamoDB.", nameof(name));
        }
    }

    private static int Number(string name, string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new ArgumentException($"The value of {name} in the connection string is not a whole number.", nameof(value));

    private static bool Truth(string name, string value) =>
        bool.TryParse(value, out var truth) ? truth : throw new ArgumentException($"The value of {name} in the connection string is neither true nor false.", nameof(value));
}
