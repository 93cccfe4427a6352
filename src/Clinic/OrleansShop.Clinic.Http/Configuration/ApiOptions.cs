namespace OrleansShop.Clinic.Http.Configuration;

/// <summary>What every process that answers for a part of the contract takes from configuration, under the same keys, checked by <see cref="SettingsReader"/>.</summary>
internal sealed record ApiOptions
{
    /// <summary><c>Security:Enabled</c>: whether clients must sign in (HTTP basic) and have the role that an operation needs. Default false.</summary>
    public bool SecurityEnabled { get; init; }

    /// <summary><c>Cors:Origins</c>: origins whose pages may call the API, as an array or separated by commas. Default <c>http://localhost:4200</c>, the original Angular client.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = ["http://localhost:4200"];

    /// <summary><c>Limits:MaxRequestBodyBytes</c>: the longest request body, in bytes. Default 1 MiB: many times the longest valid one. Longer: 413.</summary>
    public int MaxRequestBodyBytes { get; init; } = 1024 * 1024;

    /// <summary><c>Limits:MaxRequestHeadersBytes</c>: all request headers together, in bytes. Default 32 KiB, as Kestrel has it. More: 431.</summary>
    public int MaxRequestHeadersBytes { get; init; } = 32 * 1024;

    /// <summary><c>Limits:MaxRequestHeaderCount</c>: request headers. Default 100, as Kestrel has it. More: 431.</summary>
    public int MaxRequestHeaderCount { get; init; } = 100;

    /// <summary><c>Limits:MaxRequestTargetBytes</c>: path and query string, in bytes. Default 8 KiB, as Kestrel has it. Longer: 414.</summary>
    public int MaxRequestTargetBytes { get; init; } = 8 * 1024;

    /// <summary>Reads all of it; a value that is not usable is noted as a fault and its default is kept.</summary>
    public static ApiOptions Read(SettingsReader settings)
    {
        var defaults = new ApiOptions();
        return new ApiOptions
        {
            SecurityEnabled = settings.Flag("Security:Enabled", defaults.SecurityEnabled),
            CorsOrigins = settings.Origins("Cors:Origins", defaults.CorsOrigins),
            MaxRequestBodyBytes = settings.Number("Limits:MaxRequestBodyBytes", defaults.MaxRequestBodyBytes, min: 1024, max: 16 * 1024 * 1024),
            MaxRequestHeadersBytes = settings.Number("Limits:MaxRequestHeadersBytes", defaults.MaxRequestHeadersBytes, min: 1024, max: 128 * 1024),
            MaxRequestHeaderCount = settings.Number("Limits:MaxRequestHeaderCount", defaults.MaxRequestHeaderCount, min: 10, max: 1000),
            MaxRequestTargetBytes = settings.Number("Limits:MaxRequestTargetBytes", defaults.MaxRequestTargetBytes, min: 256, max: 32 * 1024),
        };
    }
}
