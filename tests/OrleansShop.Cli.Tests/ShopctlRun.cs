namespace OrleansShop.Cli.Tests;

/// <summary>What a run of the command line has left.</summary>
internal sealed record ShopctlRun(int ExitCode, string Output, string Error)
{
    public static Task<ShopctlRun> OfAsync(string[] args, CancellationToken cancellationToken = default) => OfAsync(args, terminal: null, cancellationToken);

    public static async Task<ShopctlRun> OfAsync(string[] args, TextReader? terminal, CancellationToken cancellationToken = default)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await Shopctl.RunAsync(args, output, error, terminal, cancellationToken);
        return new ShopctlRun(exitCode, output.ToString(), error.ToString());
    }
}
