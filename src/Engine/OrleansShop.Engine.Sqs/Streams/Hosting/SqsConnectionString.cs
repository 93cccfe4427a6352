using OrleansShop.Engine.Sqs.Connecting;

namespace OrleansShop.Engine.Sqs.Streams.Hosting;

/// <summary>Reads the connection strings of the programming model.</summary>
internal static class SqsConnectionString
{
    /// <summary>Puts what a connection string says into options. Returns what is wrong with it, without values: some are secrets. Null if nothing is.</summary>
    public static string? Read(string? text, SqsClientOptions into)
    {
        var place = 0;
        foreach (var part in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            place++;

            // Keys and tokens may have equals signs in them.
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at < 0) return $"has no \"=\" in part {place}";
            var value = part[(at + 1)..].Trim();
            switch (part[..at].Trim().ToUpperInvariant())
            {
                case "SERVICE":
                    into.Service = value;
                    break;
                case "ACCESSKEY":
                    into.AccessKey = value;
                    break;
                case "SECRETKEY":
                    into.SecretKey = value;
                    break;
                case "SESSIONTOKEN":
                    into.SessionToken = value;
                    break;
                default:
                    return $"has the name \"{part[..at].Trim()}\" in part {place}; it must be Service, AccessKey, SecretKey or SessionToken";
            }
        }

        return null;
    }
}
