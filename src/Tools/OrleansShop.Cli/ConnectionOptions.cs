using System.CommandLine;
using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli;

/// <summary>The options of every command: where the gateway is, with which key, and how the answer looks.</summary>
internal sealed class ConnectionOptions
{
    public const string GatewayVariable = "SHOPCTL_GATEWAY";
    public const string KeyVariable = "SHOPCTL_KEY";
    public const string DefaultGateway = "http://127.0.0.1:8080";

    public ConnectionOptions() => Gateway.Validators.Add(static result =>
    {
        var given = result.GetValueOrDefault<string>();
        if (!Uri.TryCreate(given, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            result.AddError($"The gateway is '{given}'; it must be an http or https address such as {DefaultGateway} (--gateway, or the environment variable {GatewayVariable}).");
        }
    });

    public Option<string> Gateway { get; } = new("--gateway")
    {
        Description = $"The gateway's address; default {GatewayVariable}, else {DefaultGateway}.",
        HelpName = "URL",
        Recursive = true,
        DefaultValueFactory = static _ => FromEnvironment(GatewayVariable) ?? DefaultGateway,
    };

    public Option<string?> Key { get; } = new("--key")
    {
        Description = $"The gateway's admin key; default {KeyVariable}. Not needed on the gateway's own machine unless it has one.",
        HelpName = "KEY",
        Recursive = true,
        DefaultValueFactory = static _ => FromEnvironment(KeyVariable),
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Print the gateway's JSON instead of text.",
        Recursive = true,
    };

    public void AddTo(RootCommand root)
    {
        root.Options.Add(Gateway);
        root.Options.Add(Key);
        root.Options.Add(Json);
    }

    public GatewayClient Connect(ParseResult parsed) => new(new Uri(parsed.GetValue(Gateway)!), parsed.GetValue(Key));

    private static string? FromEnvironment(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
